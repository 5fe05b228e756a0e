#pragma once

// Which resting user is due next. One worker's own. A timer is never taken out: the
// worker compares its ticket with the user's when it comes up, and drops the stale.

#include <cstdint>
#include <queue>
#include <vector>

#include "base/clock.h"

namespace loadgate::load {

struct Timer {
  TimePoint due;
  std::uint32_t seat = 0;
  std::uint32_t ticket = 0;
};

struct IsLater {
  bool operator()(const Timer& a, const Timer& b) const {
    return a.due != b.due ? a.due > b.due : a.seat > b.seat;
  }
};

using TimerHeap = std::priority_queue<Timer, std::vector<Timer>, IsLater>;

}  // namespace loadgate::load
