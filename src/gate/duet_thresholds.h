#pragma once

// The plan's thresholds in a duet: head alone, against base where a limit is relative.
// Pure, inside gate only.

#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

struct DuetThresholds {
  std::vector<ThresholdFinding> findings;  // In the plan's order; none before an epoch counts.
  std::vector<std::string> remarks;        // What a duet cannot judge; a sentence each.
};

// REQUIRES: run.duet, its epochs joined.
DuetThresholds check_duet_thresholds(const metrics::RunResult& run);

}  // namespace loadgate::gate
