#include "load/judging.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/hash.h"
#include "load/runner.h"

namespace loadgate::load {
namespace {

bool rests(const std::vector<plan::Step>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const plan::Step& step) {
    const auto* wait = std::get_if<plan::Wait>(&step);
    return wait != nullptr && !wait->is_none();
  });
}

bool rests(const plan::Scenario& scenario) {
  return !scenario.wait.is_none() ||
         std::any_of(scenario.tasks.begin(), scenario.tasks.end(),
                     [](const plan::Task& task) { return rests(task.steps); });
}

std::string text_of(const plan::Wait& wait) {
  static constexpr std::array<std::string_view, 3> kKinds = {"", " exponential", " pacing"};
  return fmt::format("{}..{}{}", wait.shortest.count(), wait.longest.count(),
                     kKinds[static_cast<std::size_t>(wait.kind)]);
}

bool is_one_request(const plan::Task& task) {
  return task.steps.size() == 1 && std::holds_alternative<std::size_t>(task.steps[0]);
}

// A request by its hash: however it is called, it is the same load.
std::string text_of(const plan::Step& step, const plan::Plan& plan) {
  if (const auto* wait = std::get_if<plan::Wait>(&step)) return text_of(*wait);
  return plan.request_names[plan.requests[std::get<std::size_t>(step)].name_id].load_hash;
}

std::string text_of(const std::vector<plan::Step>& steps, const plan::Plan& plan) {
  std::string text;
  for (const plan::Step& step : steps) text.append(" ").append(text_of(step, plan));
  return text;
}

// How requests follow each other. Where tasks are single requests their weights and
// the hashes of their names say it.
std::string order_of(const plan::Scenario& scenario, const plan::Plan& plan) {
  if (std::all_of(scenario.tasks.begin(), scenario.tasks.end(), is_one_request)) return {};
  std::string text = " start" + text_of(scenario.on_start, plan);
  for (const plan::Task& task : scenario.tasks) text += " task" + text_of(task.steps, plan);
  return text + " stop" + text_of(scenario.on_stop, plan);
}

// Who plays, how often, how fast and in which order.
std::string mix_of(const plan::Plan& plan, plan::Load load) {
  std::string text;
  const auto out = std::back_inserter(text);
  for (const plan::Scenario& scenario : plan.scenarios) {
    // Where a rate is given, that is the pace.
    const std::string wait = load == plan::Load::rate ? "none" : text_of(scenario.wait);
    fmt::format_to(out, "scenario {} wait {} tasks", scenario.weight, wait);
    for (const plan::Task& task : scenario.tasks) fmt::format_to(out, " {}", task.weight);
    text += order_of(scenario, plan) + '\n';
  }
  return text;
}

// How many may be busy with a rate at once is no load: it shows where it is too few.
std::string level_of(const plan::Stage& stage) {
  return stage.is_open() ? fmt::format("rate {}", stage.rate)
                         : fmt::format("users {}", stage.users);
}

}  // namespace

metrics::Judging judging_of(const plan::Plan& plan) {
  metrics::Judging judging;
  judging.requests = plan.request_names;
  judging.thresholds = plan.thresholds;
  judging.gate = plan.gate;
  judging.rating = plan.rating;

  const bool is_saturated = std::none_of(plan.scenarios.begin(), plan.scenarios.end(),
                                         [](const auto& scenario) { return rests(scenario); });
  Nanoseconds start{};
  for (const plan::Stage& stage : plan.stages) {
    metrics::StageInfo info;
    info.name = stage.name;
    info.load = stage.load;
    info.users = stage.users;
    info.rate = stage.rate;
    info.max_users = stage.max_users;
    info.is_warmup = stage.is_warmup;
    info.planned = {start, start + stage.duration};
    info.held = {plan.judges_ramps ? start : start + stage.ramp, start + stage.duration};
    info.is_saturated = is_saturated && !stage.is_open();
    info.load_hash = fingerprint_of(fmt::format(
        "{} for {} ramp {}{}\n{}", level_of(stage), stage.duration.count(), stage.ramp.count(),
        plan.judges_ramps ? " judged" : "", mix_of(plan, stage.load)));
    judging.stages.push_back(std::move(info));
    start += stage.duration;
  }
  return judging;
}

void cut_held(metrics::Judging& judging, Nanoseconds end) {
  for (metrics::StageInfo& stage : judging.stages) {
    stage.held.to = std::clamp(end, stage.held.from, stage.held.to);
  }
}

bool is_saturated(const metrics::Judging& judging) {
  return std::any_of(judging.stages.begin(), judging.stages.end(),
                     [](const auto& stage) { return stage.is_saturated && stage.is_judged(); });
}

}  // namespace loadgate::load
