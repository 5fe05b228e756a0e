#pragma once

// A run against the stored runs of its plan: all metrics of all requests together,
// because the risk of a false alarm is shared out among them. Pure, inside gate only.

#include <vector>

#include "gate/judge.h"
#include "gate/verdict.h"

namespace loadgate::gate {

struct BaselineComparison {
  std::vector<ComparisonFinding> findings;  // In the order of Verdict::comparisons.
  BaselineInfo info;
};

BaselineComparison compare_with_baseline(const metrics::RunResult& run, const Baseline& baseline);

}  // namespace loadgate::gate
