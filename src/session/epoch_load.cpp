#include "session/epoch_load.h"

#include <algorithm>

namespace loadgate::session {
namespace {

constexpr unsigned kMostUsers = 1000;  // As of stages in rate that say none.

Nanoseconds held_of(const plan::Stage& stage) {
  return stage.is_warmup || stage.is_idle() ? Nanoseconds::zero() : stage.duration - stage.ramp;
}

// Of one iteration that takes `iteration` itself, with the rest that follows.
Nanoseconds period_of(const plan::Wait& wait, Nanoseconds iteration) {
  switch (wait.kind) {
    case plan::Wait::Kind::uniform:
      return iteration + (wait.shortest + wait.longest) / 2;
    case plan::Wait::Kind::exponential:
      return iteration + wait.shortest;
    case plan::Wait::Kind::pacing:
      return std::max(iteration, wait.shortest);
  }
  return iteration;
}

}  // namespace

const plan::Stage& main_stage(const plan::Plan& plan) {
  return *std::max_element(plan.stages.begin(), plan.stages.end(),
                           [](const auto& a, const auto& b) { return held_of(a) < held_of(b); });
}

void set_load(plan::Plan& plan, const EpochLoad& load) {
  plan::Stage stage = main_stage(plan);
  stage.duration = load.length;
  stage.ramp = load.warmup;
  stage.max_users = stage.is_open() ? stage.max_users : kMostUsers;
  stage.load = plan::Load::rate;
  stage.rate = load.rate;
  stage.users = 0;
  std::erase_if(plan.thresholds, [&](const plan::Threshold& threshold) {
    return !threshold.stage.empty() && threshold.stage != stage.name;
  });
  plan.judges_ramps = false;
  plan.stages = {std::move(stage)};
}

double natural_rate(const plan::Plan& plan, Nanoseconds iteration) {
  const plan::Stage& stage = main_stage(plan);
  if (stage.is_open()) return stage.rate;
  double weights = 0;
  double rates = 0;  // Of one user in each scenario, by weight.
  for (const plan::Scenario& scenario : plan.scenarios) {
    const Nanoseconds shortest = std::chrono::microseconds(1);
    weights += scenario.weight;
    rates += scenario.weight / seconds(std::max(shortest, period_of(scenario.wait, iteration)));
  }
  return stage.users * rates / weights;
}

}  // namespace loadgate::session
