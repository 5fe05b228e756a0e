#pragma once

// Runs lanes: both sides of a duet, or the one there is. What all of them share: workers,
// the clock of the stages, the end. Main thread, kept until the run is over.

#include <string>
#include <vector>

#include "base/result.h"
#include "load/data_feed.h"
#include "load/lane.h"
#include "load/runner.h"
#include "metrics/run_result.h"

namespace loadgate::load {

struct LanesOutcome {
  struct OfLane {
    metrics::RunResult result;
    DrawnRows rows;
  };
  std::vector<OfLane> lanes;
  std::string stopped_because;
};

// An error means that nothing was sent. The stop rule is asked about the last lane.
// REQUIRES: not empty; stages of all lanes take equally long.
Result<LanesOutcome> run_lanes(const std::vector<LaneTerms>& terms, const Options& options);

}  // namespace loadgate::load
