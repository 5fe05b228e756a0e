#pragma once

// How punctual the generator must be for its run to mean something. Plain values.

#include "base/clock.h"

namespace loadgate::load {

struct Punctuality {
  double late_share = 0.01;                             // Of sends, at most.
  Nanoseconds loop_lag = std::chrono::milliseconds(5);  // p99, at most.
};

// One loop serves both sides of a pair, so that what delays one delays the other and comes
// off the comparison: only what would drown the services spoils an epoch.
inline constexpr Punctuality kOfPairs{0.20, std::chrono::milliseconds(50)};

}  // namespace loadgate::load
