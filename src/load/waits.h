#pragma once

// How long rests are. Pure.

#include "base/clock.h"
#include "base/random.h"
#include "plan/scenario.h"

namespace loadgate::load {

// The longest of exponential waits, times their mean: one in 22,000 would be longer.
inline constexpr int kLongestWait = 10;

// When a wait is over that begins `now`; a pacing one counts from when the iteration
// `began`.
TimePoint end_of_wait(const plan::Wait& wait, TimePoint began, TimePoint now, Random& random);

}  // namespace loadgate::load
