#include "gate/typical_level.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

namespace loadgate::gate {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const metrics::Interval kHeld{seconds(2), seconds(8)};

metrics::Histogram times(double ms, std::uint32_t count = 25) {
  metrics::Histogram histogram;
  histogram.record(from_seconds(ms / 1e3), count);
  return histogram;
}

Block block(double base_ms, double head_ms) { return {times(base_ms), times(head_ms)}; }

double ratio(const std::vector<Block>& blocks) {
  const BothLevels levels = typical_level(blocks, 0.95);
  return levels.head / levels.base;
}

// A window of `count` requests in each second from 0 on.
metrics::Series series(const std::vector<double>& ms, std::uint32_t count = 25) {
  metrics::Series one;
  for (std::uint32_t second = 0; second < ms.size(); ++second) {
    metrics::Window window;
    window.index = second;
    window.requests = count;
    window.response_times = times(ms[second], count).pack();
    one.windows.push_back(window);
  }
  return one;
}

TEST(TypicalLevel, AHeadThatIsSlowerInEverySecondIsSeenInFull) {
  EXPECT_NEAR(ratio({block(10, 12), block(10, 12), block(40, 48)}), 1.2, 0.002);
}

TEST(TypicalLevel, IsWhatBothSidesShowInMostSeconds) {
  const BothLevels levels = typical_level(std::vector<Block>(6, block(10, 20)), 0.5);
  EXPECT_NEAR(levels.base / 1e6, 10, 0.02);
  EXPECT_NEAR(levels.head / 1e6, 20, 0.04);
}

TEST(TypicalLevel, ABurstThatHitsOneSideHarderDecidesNothing) {
  std::vector<Block> blocks(5, block(10, 10));
  blocks.push_back(block(100, 150));
  EXPECT_LT(ratio(blocks), 1.01);
}

TEST(TypicalLevel, APauseOfHeadInOneSecondOfSixIsSeen) {
  std::vector<Block> blocks(5, block(10, 10));
  blocks.push_back(block(10, 100));
  EXPECT_GT(ratio(blocks), 1.1);
}

TEST(TypicalLevel, ExchangedSidesGiveExchangedLevels) {
  const BothLevels one = typical_level(std::vector<Block>{block(10, 13), block(30, 21)}, 0.5);
  const BothLevels other = typical_level(std::vector<Block>{block(13, 10), block(21, 30)}, 0.5);
  EXPECT_DOUBLE_EQ(one.base, other.head);
  EXPECT_DOUBLE_EQ(one.head, other.base);
}

TEST(TypicalLevel, SecondsWithoutTimesOfBothSidesAreLeftOut) {
  EXPECT_NEAR(ratio({block(10, 11), {times(10), {}}, {{}, times(500)}}), 1.1, 0.002);
}

TEST(TypicalLevel, IsZeroWhereNothingWasMeasuredOnBothSides) {
  const BothLevels levels = typical_level(std::vector<Block>{{times(10), {}}}, 0.5);
  EXPECT_EQ(levels.base, 0);
  EXPECT_EQ(levels.head, 0);
  EXPECT_EQ(typical_level({}, 0.5).base, 0);
}

TEST(TypicalLevel, ASecondIsABlockWhereItHasTwentyRequests) {
  EXPECT_EQ(block_count(120, 20, kHeld), 6U);
  EXPECT_EQ(block_count(119, 20, kHeld), 5U);
  EXPECT_EQ(block_count(40, 20, kHeld), 2U);
  EXPECT_EQ(block_count(100'000, 20, kHeld), 6U);
}

TEST(TypicalLevel, FewRequestsMakeOneBlock) {
  EXPECT_EQ(block_count(39, 20, kHeld), 1U);
  EXPECT_EQ(block_count(0, 20, kHeld), 1U);
  EXPECT_EQ(block_count(1000, 20, {seconds(2), seconds(2)}), 1U);
}

TEST(TypicalLevel, BlocksAreOfTheSecondsOfTheHeldPart) {
  const metrics::Series base = series({500, 500, 1, 2, 3, 4, 5, 6, 500});
  const metrics::Series head = series({500, 500, 10, 20, 30, 40, 50, 60, 500});
  const std::vector<Block> blocks = blocks_of({&base}, {&head}, kHeld, 3);
  ASSERT_EQ(blocks.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto number = static_cast<double>(i);
    EXPECT_EQ(blocks[i].base.count(), 50U);
    EXPECT_NEAR(static_cast<double>(blocks[i].base.max().count()) / 1e6, 2 * number + 2, 0.01);
    EXPECT_NEAR(static_cast<double>(blocks[i].head.min().count()) / 1e6, 20 * number + 10, 0.02);
  }
}

TEST(TypicalLevel, ASecondThatIsHeldInPartIsLeftOut) {
  const metrics::Series base = series({500, 1, 2, 500});
  const std::vector<Block> blocks =
      blocks_of({&base}, {&base}, {milliseconds(500), milliseconds(3500)}, 1);
  EXPECT_EQ(blocks[0].base.count(), 50U);
}

TEST(TypicalLevel, BlocksAreOfAllSeriesTogether) {
  const metrics::Series one = series({1, 1}), other = series({2, 2});
  const std::vector<Block> blocks = blocks_of({&one, &other}, {&one}, {seconds(0), seconds(2)}, 2);
  EXPECT_EQ(blocks[1].base.count(), 50U);
  EXPECT_EQ(blocks[1].head.count(), 25U);
}

}  // namespace
}  // namespace loadgate::gate
