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
  std::vector<metrics::RunDigest> runs;      // All readable runs of the plan, matching or not.
  std::vector<metrics::RunDigest> anchor{};  // Pinned ones, which the others may not drift from.
};

// Without a baseline only thresholds are judged. A duet is judged by itself, whatever
// baseline is given. Several things may hold at once:
// interrupted > invalid > regression > threshold_missed > inconclusive > passed.
Verdict judge(const metrics::RunResult& run, const std::optional<Baseline>& baseline);

// Only the stored runs, and pinned ones, of machines like this one that count: none older
// than a slower level that was accepted.
Baseline of_environment(const Baseline& baseline, const metrics::Environment& environment);

// Thresholds alone, over the series given: also for abort thresholds while a run goes on.
// There a finding without `measured` says that nothing counted yet, which is no reason to
// stop. REQUIRES: `baseline`, for limits relative to it, holds only runs
// of_environment() of this one; stages that have not ended are held up to the present.
std::vector<ThresholdFinding> check_thresholds(const metrics::Judging& judging,
                                               std::span<const metrics::Series> series,
                                               const std::optional<Baseline>& baseline);

}  // namespace loadgate::gate
