#pragma once

// Base and head of a duet, epoch by epoch: all looks so far, in order. Pure, inside gate
// only.

#include <optional>
#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

struct DuetComparison {
  std::vector<ComparisonFinding> findings;  // Of the last look, as Verdict::comparisons.
  DuetInfo info;
  bool is_over = false;  // No more epochs are wanted.
};

enum class LookNow : std::uint8_t {
  no,   // Only as planned.
  yes,  // The duet has ended: its last epochs get a look of their own where one is left.
};

// REQUIRES: run.duet.
DuetComparison compare_sides(const metrics::RunResult& run, LookNow last);

// Why a side is gone, in the words of the first epoch that says so; empty: it is not.
std::string base_died(const metrics::Duet& duet);
std::string head_died(const metrics::Duet& duet);

}  // namespace loadgate::gate
