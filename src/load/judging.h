#pragma once

// What the gate will need of a plan; judging_of() itself is declared in runner.h.
// Pure functions.

#include "metrics/run_result.h"
#include "plan/plan.h"

namespace loadgate::load {

// Cuts what was held where the run ended early.
void cut_held(metrics::Judging& judging, Nanoseconds end);

// Whether any judged stage has users who never rest.
bool is_saturated(const metrics::Judging& judging);

}  // namespace loadgate::load
