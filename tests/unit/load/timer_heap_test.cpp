#include "load/timer_heap.h"

#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;

TEST(TimerHeap, GivesTheEarliestFirstAndTheLowestSeatAmongEquals) {
  TimerHeap timers;
  timers.push({TimePoint(3s), 1, 0});
  timers.push({TimePoint(2s), 7, 0});
  timers.push({TimePoint(2s), 4, 0});
  timers.push({TimePoint(1s), 9, 0});
  std::vector<std::uint32_t> seats;
  for (; !timers.empty(); timers.pop()) seats.push_back(timers.top().seat);
  EXPECT_EQ(seats, (std::vector<std::uint32_t>{9, 4, 7, 1}));
}

}  // namespace
}  // namespace loadgate::load
