#pragma once

// What stands at the head of every result: which plan, which machine, how to run it again.
// Main thread.

#include "metrics/run_result.h"
#include "plan/plan.h"
#include "session/measure.h"

namespace loadgate::session {

// Secrets are masked; length and end of the run are still open.
metrics::RunInfo info_of(const plan::Plan& plan, const MeasureOptions& options);

}  // namespace loadgate::session
