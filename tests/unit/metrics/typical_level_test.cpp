#include "metrics/typical_level.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace loadgate::metrics {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const HeldWindows kHeld{{seconds(2), seconds(8)}};

Histogram times(double ms, std::uint32_t count = 25) {
  Histogram histogram;
  if (ms > 0) histogram.record(from_seconds(ms / 1e3), count);
  return histogram;
}

// A block for each; 0: without times.
std::vector<Histogram> blocks(const std::vector<double>& ms) {
  std::vector<Histogram> all;
  for (const double one : ms) all.push_back(times(one));
  return all;
}

double ratio(const std::vector<double>& base_ms, const std::vector<double>& head_ms) {
  const BothLevels levels = typical_levels(blocks(base_ms), blocks(head_ms), 0.95);
  return levels.head / levels.base;
}

// A window of `count` requests in each second from 0 on.
Series series(const std::vector<double>& ms, std::uint32_t count = 25) {
  Series one;
  for (std::uint32_t second = 0; second < ms.size(); ++second) {
    Window window;
    window.index = second;
    window.requests = count;
    window.response_times = times(ms[second], count).pack();
    one.windows.push_back(window);
  }
  return one;
}

TEST(TypicalLevel, AHeadThatIsSlowerInEverySecondIsSeenInFull) {
  EXPECT_NEAR(ratio({10, 10, 40}, {12, 12, 48}), 1.2, 0.002);
}

TEST(TypicalLevel, IsWhatBothSidesShowInMostSeconds) {
  const BothLevels levels = typical_levels(blocks({10, 10, 10}), blocks({20, 20, 20}), 0.5);
  EXPECT_NEAR(levels.base / 1e6, 10, 0.02);
  EXPECT_NEAR(levels.head / 1e6, 20, 0.04);
}

TEST(TypicalLevel, ABurstThatHitsOneSideHarderDecidesNothing) {
  EXPECT_LT(ratio({10, 10, 10, 10, 10, 100}, {10, 10, 10, 10, 10, 150}), 1.01);
}

TEST(TypicalLevel, APauseOfHeadInOneSecondOfSixIsSeen) {
  EXPECT_GT(ratio({10, 10, 10, 10, 10, 10}, {10, 10, 10, 10, 10, 100}), 1.1);
}

TEST(TypicalLevel, ExchangedSidesGiveExchangedLevels) {
  const BothLevels one = typical_levels(blocks({10, 30}), blocks({13, 21}), 0.5);
  const BothLevels other = typical_levels(blocks({13, 21}), blocks({10, 30}), 0.5);
  EXPECT_DOUBLE_EQ(one.base, other.head);
  EXPECT_DOUBLE_EQ(one.head, other.base);
}

TEST(TypicalLevel, SecondsWithoutTimesOfBothSidesAreLeftOut) {
  EXPECT_NEAR(ratio({10, 10, 0}, {11, 0, 500}), 1.1, 0.002);
}

TEST(TypicalLevel, IsZeroWhereNothingWasMeasuredOnBothSides) {
  const BothLevels levels = typical_levels(blocks({10}), blocks({0}), 0.5);
  EXPECT_EQ(levels.base, 0);
  EXPECT_EQ(levels.head, 0);
  EXPECT_EQ(typical_level({}, 0.5), 0);
}

TEST(TypicalLevel, OfOneSideMovesLittleByLittleWithTheShareOfBadSeconds) {
  const auto level = [](std::size_t bad) {
    std::vector<double> ms(20, 10);
    std::fill_n(ms.begin(), bad, 14);
    return typical_level(blocks(ms), 0.5) / 1e6;
  };
  EXPECT_NEAR(level(0), 10, 0.02);
  EXPECT_NEAR(level(20), 14, 0.02);
  EXPECT_LT(level(11) / level(9), 1.05) << "the median of all of them leaps by 1.4";
}

TEST(TypicalLevel, ASecondIsABlockWhereItHasEnoughRequests) {
  EXPECT_EQ(block_count(120, 20, kHeld), 6U);
  EXPECT_EQ(block_count(119, 20, kHeld), 5U);
  EXPECT_EQ(block_count(40, 20, kHeld), 2U);
  EXPECT_EQ(block_count(100'000, 20, kHeld), 6U);
  EXPECT_EQ(block_count(599, 100, kHeld), 5U);
}

TEST(TypicalLevel, FewRequestsMakeOneBlock) {
  EXPECT_EQ(block_count(39, 20, kHeld), 1U);
  EXPECT_EQ(block_count(0, 20, kHeld), 1U);
  EXPECT_EQ(block_count(1000, 20, {{seconds(2), seconds(2)}}), 1U);
}

TEST(TypicalLevel, AStageOfYearsMakesNoMoreBlocksThanMemoryBears) {
  EXPECT_EQ(block_count(1e18, 20, {{seconds(0), std::chrono::hours(24 * 365)}}), kMostBlocks);
}

TEST(TypicalLevel, BlocksAreOfTheSecondsOfTheHeldPart) {
  const Series one = series({500, 500, 1, 2, 3, 4, 5, 6, 500});
  const std::vector<Histogram> found = blocks_of({&one}, kHeld, 3);
  ASSERT_EQ(found.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto number = static_cast<double>(i);
    EXPECT_EQ(found[i].count(), 50U);
    EXPECT_NEAR(static_cast<double>(found[i].min().count()) / 1e6, 2 * number + 1, 0.01);
    EXPECT_NEAR(static_cast<double>(found[i].max().count()) / 1e6, 2 * number + 2, 0.01);
  }
}

TEST(TypicalLevel, ASecondThatIsHeldInPartIsLeftOut) {
  const Series one = series({500, 1, 2, 500});
  const HeldWindows held{{milliseconds(500), milliseconds(3500)}};
  EXPECT_EQ(held.count(), 2U);
  EXPECT_EQ(blocks_of({&one}, held, 1)[0].count(), 50U);
}

TEST(TypicalLevel, WindowsMayBeWiderThanASecond) {
  const Series one = series({500, 1, 2, 3, 500});  // 4 s each.
  const HeldWindows held{{seconds(3), seconds(17)}, seconds(4)};
  EXPECT_EQ(held.count(), 3U);
  EXPECT_EQ(blocks_of({&one}, held, 3)[2].count(), 25U);
  EXPECT_NEAR(static_cast<double>(blocks_of({&one}, held, 3)[2].max().count()) / 1e6, 3, 0.01);
}

TEST(TypicalLevel, BlocksAreOfAllSeriesTogether) {
  const Series one = series({1, 1}), other = series({2, 2});
  const HeldWindows held{{seconds(0), seconds(2)}};
  EXPECT_EQ(blocks_of({&one, &other}, held, 2)[1].count(), 50U);
}

}  // namespace
}  // namespace loadgate::metrics
