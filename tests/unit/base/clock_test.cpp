#include "base/clock.h"

#include <gtest/gtest.h>

namespace loadgate {
namespace {

TEST(Clock, WritesWallTimeInUtc) {
  EXPECT_EQ(iso8601(WallTime(std::chrono::milliseconds(0))), "1970-01-01T00:00:00Z");
  EXPECT_EQ(iso8601(WallTime(std::chrono::milliseconds(1763780645999))), "2025-11-22T03:04:05Z");
}

TEST(Clock, ConvertsBetweenSecondsAndNanoseconds) {
  EXPECT_EQ(from_seconds(1.5), Nanoseconds(1'500'000'000));
  EXPECT_DOUBLE_EQ(seconds(std::chrono::milliseconds(250)), 0.25);
  EXPECT_DOUBLE_EQ(milliseconds(std::chrono::microseconds(250)), 0.25);
}

}  // namespace
}  // namespace loadgate
