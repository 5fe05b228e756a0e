#pragma once

// The decision. Pure: the same run and baseline give the same verdict on any machine.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_digest.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

// The stored runs to hold a run against, and where they came from.
struct Baseline {
  std::string folder;
  std::vector<metrics::RunDigest> runs;  // All readable runs of the plan, matching or not.
};

// Without a baseline only thresholds are judged. Several things may hold at once:
// interrupted > invalid > regression > threshold_missed > inconclusive > passed.
Verdict judge(const metrics::RunResult& run, const std::optional<Baseline>& baseline);

// Thresholds alone, over the series given: also for abort thresholds while a run goes on.
std::vector<ThresholdFinding> check_thresholds(const metrics::Judging& judging,
                                               std::span<const metrics::Series> series,
                                               const std::optional<Baseline>& baseline);

}  // namespace loadgate::gate
