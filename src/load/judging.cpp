#include "load/judging.h"

#include <fmt/format.h>

#include <algorithm>
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

// Who plays, how often and how fast. What requests are made of is in the hashes of
// their names.
std::string mix_of(const plan::Plan& plan) {
  std::string text;
  const auto out = std::back_inserter(text);
  for (const plan::Scenario& scenario : plan.scenarios) {
    fmt::format_to(out, "scenario {} wait {}..{} tasks", scenario.weight,
                   scenario.wait.shortest.count(), scenario.wait.longest.count());
    for (const plan::Task& task : scenario.tasks) fmt::format_to(out, " {}", task.weight);
    text += '\n';
  }
  return text;
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
  const std::string mix = mix_of(plan);
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
    info.held = {start + stage.ramp, start + stage.duration};
    info.is_saturated = is_saturated;
    info.load_hash = fingerprint_of(fmt::format("users {} for {} ramp {}\n{}", stage.users,
                                                stage.duration.count(), stage.ramp.count(), mix));
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
