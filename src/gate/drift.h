#pragma once

// Slow drift: every run is held against runs that became slower with it, so the newest
// runs of a baseline are held against pinned ones. Pure.

#include <string>
#include <vector>

#include "gate/judge.h"
#include "metrics/environment.h"
#include "plan/gate_rules.h"

namespace loadgate::gate {

inline constexpr std::size_t kNewest = 5;  // So many runs on either side, or nothing is said.

struct Drift {
  std::string sentence;               // What was held against what, and what came of it.
  std::vector<std::string> findings;  // A sentence for each level that rose; mostly empty.
};

// REQUIRES: a baseline of one environment, as of_environment() gives it.
Drift drift_of(const Baseline& baseline, const plan::GateRules& rules);

// Those of the stored runs, each once, in the order of their names.
std::vector<metrics::Environment> environments_of(const Baseline& baseline);

}  // namespace loadgate::gate
