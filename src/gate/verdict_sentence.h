#pragma once

// The whole verdict in one sentence. Pure, inside gate only.

#include <algorithm>
#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

template <class Finding>
std::size_t count_of(const std::vector<Finding>& findings, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& one) { return one.outcome == outcome; }));
}

inline bool decides(const ComparisonFinding& one) { return one.weight == Weight::deciding; }

// REQUIRES: all else of the verdict is set.
std::string sentence_of(const Verdict& verdict, const metrics::RunInfo& info);

}  // namespace loadgate::gate
