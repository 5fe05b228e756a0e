#include "base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace loadgate {
namespace {

// From the reference implementation of SplitMix64 for seed 1234567.
TEST(Random, AgreesWithTheReference) {
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317U);
  EXPECT_EQ(random.next(), 3203168211198807973U);
  EXPECT_EQ(random.next(), 9817491932198370423U);
}

TEST(Random, StreamsOfOneSeedDiffer) {
  std::set<std::uint64_t> first;
  for (std::uint64_t index = 0; index < 10'000; ++index) {
    first.insert(Random::stream(7, index).next());
  }
  EXPECT_EQ(first.size(), 10'000U);
}

TEST(Random, BetweenReachesBothEndsAndNothingElse) {
  Random random(1);
  std::array<int, 6> seen{};
  for (int i = 0; i < 6000; ++i) {
    const std::int64_t drawn = random.between(-2, 3);
    ASSERT_GE(drawn, -2);
    ASSERT_LE(drawn, 3);
    ++seen[static_cast<std::size_t>(drawn + 2)];
  }
  // Six standard deviations of a binomial with p = 1/6.
  for (const int count : seen) EXPECT_NEAR(count, 1000, 174);
}

TEST(Random, BetweenTakesTheWidestRange) {
  Random random(1);
  random.between(INT64_MIN, INT64_MAX);
  EXPECT_EQ(random.between(5, 5), 5);
}

TEST(Random, UnitStaysBelowOne) {
  Random random(3);
  for (int i = 0; i < 1000; ++i) {
    const double drawn = random.unit();
    EXPECT_GE(drawn, 0);
    EXPECT_LT(drawn, 1);
  }
}

TEST(Random, FreshSeedsSurviveJson) { EXPECT_LT(fresh_seed(), std::uint64_t{1} << 53U); }

}  // namespace
}  // namespace loadgate
