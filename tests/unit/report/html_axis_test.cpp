#include "report/html_axis.h"

#include <gtest/gtest.h>

#include <cmath>

namespace loadgate::report {
namespace {

using namespace std::chrono_literals;

TEST(LevelTicks, AreRoundAndReachOverTheHighest) {
  EXPECT_EQ(level_ticks(97, 5), (std::vector<double>{0, 25, 50, 75, 100}));
  EXPECT_EQ(level_ticks(100, 5), (std::vector<double>{0, 25, 50, 75, 100}));
  EXPECT_EQ(level_ticks(0.3, 4), (std::vector<double>{0, 0.1, 0.2, 0.1 * 3}));
  EXPECT_EQ(level_ticks(1, 2), (std::vector<double>{0, 1}));
}

TEST(LevelTicks, BearNumbersThatAreNone) {
  const std::vector<double> none = {0, 1};
  for (const double highest : std::vector<double>{0, -1, NAN, INFINITY}) {
    EXPECT_EQ(level_ticks(highest, 4), none);
  }
}

TEST(TimeTicks, StepAsClocksDo) {
  EXPECT_EQ(time_ticks(40s, 6), (std::vector<Nanoseconds>{0s, 10s, 20s, 30s, 40s}));
  EXPECT_EQ(time_ticks(2h, 6), (std::vector<Nanoseconds>{0min, 30min, 60min, 90min, 120min}));
  EXPECT_EQ(time_ticks(0s, 6), (std::vector<Nanoseconds>{0s}));
  EXPECT_LE(time_ticks(Nanoseconds(std::int64_t{1} << 61), 6).size(), 7U);
}

TEST(DecadeTicks, AreOneTwoFiveWhereThereIsRoom) {
  EXPECT_EQ(decade_ticks(3ms, 60ms, 9), (std::vector<Nanoseconds>{5ms, 10ms, 20ms, 50ms}));
  EXPECT_EQ(decade_ticks(3us, 60ms, 9), (std::vector<Nanoseconds>{10us, 100us, 1ms, 10ms}));
}

TEST(DecadeTicks, AreCloserTogetherOnAShortAxis) {
  EXPECT_EQ(decade_ticks(6ms, 24ms, 9), (std::vector<Nanoseconds>{7ms, 10ms, 15ms, 20ms}));
}

}  // namespace
}  // namespace loadgate::report
