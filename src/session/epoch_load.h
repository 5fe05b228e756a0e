#pragma once

// What is sent in an epoch of a duet, made of a plan's main stage. Pure functions.

#include "base/clock.h"
#include "plan/plan.h"

namespace loadgate::session {

// One open stage, of which the first part is not judged.
struct EpochLoad {
  double rate = 0;  // Iterations a second for each side, > 0.
  Nanoseconds length{};
  Nanoseconds warmup{};  // < length
};

// The stage a duet stands for: of those that are judged the one held longest.
const plan::Stage& main_stage(const plan::Plan& plan);

// The plan with nothing but this load, under the name of its main stage; thresholds of
// other stages go with these.
void set_load(plan::Plan& plan, const EpochLoad& load);

// How many iterations a second the plan's main stage begins where one takes `iteration`:
// its rate, or what its users come to with their waits.
double natural_rate(const plan::Plan& plan, Nanoseconds iteration);

}  // namespace loadgate::session
