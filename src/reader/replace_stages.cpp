#include "reader/replace_stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/units.h"
#include "reader/ramp.h"
#include "reader/stage_draft.h"

namespace loadgate::reader {

namespace {

// The most users of the plan's own stages; 1, as in Locust, where it has none.
unsigned peak_of(const std::vector<plan::Stage>& stages) {
  unsigned peak = stages.empty() ? 1 : 0;
  for (const plan::Stage& stage : stages) peak = std::max(peak, stage.users);
  return peak;
}

}  // namespace

void replace_stages(Draft& draft) {
  const Overrides& asked = draft.overrides;
  if (!asked.any_stage()) return;
  plan::Stage stage;
  stage.name = "command line";
  stage.place.file = "command line";
  stage.users = asked.users.value_or(peak_of(draft.plan.stages));
  stage.duration = asked.run_time.value_or(draft.plan.length());
  if (asked.spawn_rate && *asked.spawn_rate > 0)
    stage.ramp = ramp_at(*asked.spawn_rate, 0, stage.users);
  if (!asked.users && stage.users == 0) {
    draft.problems.add_on_command_line("--users is missing: the plan's stages have none to take",
                                       "for example --users 50");
  } else if (stage.users == 0 || stage.users > kMostUsers) {
    draft.problems.add_on_command_line(fmt::format("--users cannot be {}", stage.users),
                                       fmt::format("write a number from 1 to {}", kMostUsers));
  } else if (asked.spawn_rate && *asked.spawn_rate <= 0) {
    draft.problems.add_on_command_line("--spawn-rate must be more than 0", "for example 5/s");
  } else if (asked.run_time && asked.run_time->count() <= 0) {
    draft.problems.add_on_command_line("--run-time must be longer than 0", "for example 5m");
  } else if (!asked.run_time && draft.plan.stages.empty()) {
    draft.problems.add_on_command_line(
        "--run-time is missing: the plan has no stages to take it from",
        "for example --run-time 5m");
  } else if (stage.duration.count() == 0) {
    // The plan's own stages are wrong, which is said already.
  } else if (stage.ramp >= stage.duration) {
    draft.problems.add_on_command_line(
        fmt::format("{} users at this --spawn-rate take {} to start, and the run lasts {}",
                    stage.users, format_duration(stage.ramp), format_duration(stage.duration)),
        "a longer --run-time or a higher --spawn-rate leaves something to judge");
  }
  draft.plan.stages.clear();
  draft.plan.stages.push_back(std::move(stage));
}

}  // namespace loadgate::reader
