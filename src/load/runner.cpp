#include "load/runner.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "load/arrivals.h"
#include "load/lanes_run.h"

namespace loadgate::load {

Result<Outcome> run(const plan::Plan& plan, const Options& options) {
  const LaneTerms only{
      .plan = &plan, .arrivals = Arrivals(plan.stages), .rows = DrawnRows{options.seed, {}}};
  Result<LanesOutcome> outcome = run_lanes({only}, options);
  if (!outcome) return failure(outcome.error());
  return Outcome{std::move(outcome->lanes.front().result), std::move(outcome->stopped_because)};
}

unsigned default_workers() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 1;
  return std::max(1U, static_cast<unsigned>(CPU_COUNT(&cores)) / 2);
}

}  // namespace loadgate::load
