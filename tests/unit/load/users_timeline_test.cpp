#include "load/users_timeline.h"

#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

using std::chrono::seconds;

TEST(UsersTimeline, KeepsEveryPointWithinTheBudget) {
  UsersTimeline timeline(10);
  for (unsigned i = 0; i < 10; ++i) timeline.add(seconds(i), i);
  EXPECT_EQ(timeline.take().size(), 10U);
}

TEST(UsersTimeline, HalvesItsPointsBeyondTheBudgetAndStaysEven) {
  UsersTimeline timeline(10);
  for (unsigned i = 0; i < 1000; ++i) timeline.add(seconds(i), i);
  const std::vector<metrics::UsersPoint> points = timeline.take();
  ASSERT_GE(points.size(), 5U);
  ASSERT_LE(points.size(), 10U);
  const Nanoseconds gap = points[1].at;
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(points[i].at, gap * i);
    EXPECT_EQ(seconds(points[i].users), points[i].at);
  }
}

}  // namespace
}  // namespace loadgate::load
