#include "metrics/histogram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/random.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

// From 1 us to 1 h, as many in each decade.
Nanoseconds drawn(Random& random) {
  return Nanoseconds(std::llround(std::pow(10.0, 3 + random.unit() * (12.556 - 3))));
}

std::vector<Nanoseconds> drawn(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  std::vector<Nanoseconds> times;
  times.reserve(count);
  for (std::size_t i = 0; i < count; ++i) times.push_back(drawn(random));
  return times;
}

Histogram of(const std::vector<Nanoseconds>& times) {
  Histogram histogram;
  for (const Nanoseconds time : times) histogram.record(time);
  return histogram;
}

double relative_difference(Nanoseconds found, Nanoseconds exact) {
  return std::abs(static_cast<double>((found - exact).count())) /
         static_cast<double>(exact.count());
}

TEST(Histogram, AnEmptyOneAnswersZero) {
  const Histogram histogram;
  EXPECT_TRUE(histogram.empty());
  EXPECT_EQ(histogram.quantile(0.5), 0ns);
  EXPECT_EQ(histogram.min(), 0ns);
  EXPECT_EQ(histogram.max(), 0ns);
  EXPECT_EQ(histogram.mean(), 0ns);
  EXPECT_TRUE(histogram.bins().empty());
  EXPECT_TRUE(histogram.pack().empty());
}

TEST(Histogram, KeepsOneTimeToATenthOfAPercent) {
  for (const Nanoseconds time : drawn(1, 5'000)) {
    const Histogram histogram = of({time});
    ASSERT_LE(relative_difference(histogram.quantile(0.5), time), 0.001) << time.count();
    ASSERT_EQ(histogram.min(), histogram.max());
    ASSERT_EQ(histogram.mean(), histogram.max());
    const Histogram::Bin bin = histogram.bins().at(0);
    ASSERT_LE(bin.lowest, time);
    ASSERT_GE(bin.highest, time);
  }
}

TEST(Histogram, BinsJoinWithoutHolesOrOverlaps) {
  Histogram histogram;
  for (std::int64_t time = 0; time < (1 << 17); ++time) histogram.record(Nanoseconds(time));
  Nanoseconds next{};
  for (const Histogram::Bin& bin : histogram.bins()) {
    ASSERT_EQ(bin.lowest, next);
    ASSERT_EQ(bin.highest - bin.lowest + 1ns, Nanoseconds(bin.count)) << "each value once";
    next = bin.highest + 1ns;
  }
}

TEST(Histogram, TimesOutsideCountAtTheEnds) {
  Histogram histogram;
  histogram.record(-5ms);
  histogram.record(2h);
  histogram.record(Nanoseconds::max());
  EXPECT_EQ(histogram.count(), 3u);
  EXPECT_EQ(histogram.min(), 0ns);
  EXPECT_LE(relative_difference(histogram.max(), Histogram::kHighest), 0.001);
}

TEST(Histogram, QuantilesAreTheSortedSamplesToTheBin) {
  for (const std::size_t count : {1u, 2u, 10u, 999u, 20'000u}) {
    std::vector<Nanoseconds> times = drawn(count, count);
    const Histogram histogram = of(times);
    std::ranges::sort(times);
    for (const double share : {0.0, 0.001, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0}) {
      const double exact_rank = std::ceil(share * static_cast<double>(count) - 1e-9);
      const auto rank = static_cast<std::size_t>(std::max(1.0, exact_rank));
      ASSERT_LE(relative_difference(histogram.quantile(share), times[rank - 1]), 0.001)
          << share << " of " << count;
    }
  }
}

TEST(Histogram, ARankIsNotRoundedUpByBinaryFractions) {
  Histogram histogram;
  for (int i = 1; i <= 100; ++i) histogram.record(Nanoseconds(i));
  EXPECT_EQ(histogram.quantile(0.95), 95ns);
  EXPECT_EQ(histogram.quantile(0.07), 7ns);
  EXPECT_EQ(histogram.quantile(0.29), 29ns);
  EXPECT_EQ(histogram.quantile(1), 100ns);
  EXPECT_EQ(histogram.quantile(0), 1ns);
}

TEST(Histogram, TheMeanIsThatOfTheSamplesToTheBin) {
  const std::vector<Nanoseconds> times = drawn(3, 10'000);
  double sum = 0;
  for (const Nanoseconds time : times) sum += static_cast<double>(time.count());
  const auto exact = Nanoseconds(std::llround(sum / static_cast<double>(times.size())));
  EXPECT_LE(relative_difference(of(times).mean(), exact), 0.001);
}

TEST(Histogram, MergingEqualsRecordingEverythingInOne) {
  const std::vector<Nanoseconds> times = drawn(4, 10'000);
  Histogram one;
  Histogram two;
  for (std::size_t i = 0; i < times.size(); ++i) (i % 3 == 0 ? one : two).record(times[i]);
  one.merge(two);
  EXPECT_EQ(one, of(times));
  EXPECT_EQ(one.count(), times.size());

  Histogram from_packed;
  from_packed.merge(of(times).pack());
  EXPECT_EQ(from_packed, of(times));
}

TEST(Histogram, CountsBeyond32BitsAreNotLost) {
  Histogram histogram;
  constexpr std::uint32_t kMany = std::numeric_limits<std::uint32_t>::max();
  histogram.record(1ms, kMany);
  histogram.record(1ms, kMany);
  histogram.record(2ms, 1);
  EXPECT_EQ(histogram.count(), 2 * std::uint64_t{kMany} + 1);
  EXPECT_EQ(histogram.bins().at(0).count, 2 * std::uint64_t{kMany});
  EXPECT_EQ(histogram.pack().at(0).second, kMany) << "packed counts stop, they do not wrap";
}

TEST(Histogram, ClearedItIsLikeANewOne) {
  Histogram histogram = of(drawn(5, 1000));
  histogram.clear();
  EXPECT_EQ(histogram, Histogram());
  histogram.record(1ms);
  EXPECT_EQ(histogram, of({1ms}));
}

TEST(Histogram, CopiesAreIndependentAndMovedFromOnesEmpty) {
  Histogram original = of({1ms, 2ms});
  Histogram copy = original;
  copy.record(3ms);
  EXPECT_EQ(original.count(), 2u);
  copy = original;
  EXPECT_EQ(copy, original);

  const Histogram taken = std::move(original);
  EXPECT_EQ(taken.count(), 2u);
  EXPECT_EQ(original.count(), 0u);  // NOLINT(bugprone-use-after-move): promised in the header.
  original.record(1ms);
  EXPECT_EQ(original.count(), 1u);
}

TEST(Histogram, CoarsenedItKeepsCountsAndTimesToAPercent) {
  const Histogram fine = of(drawn(6, 10'000));
  const Histogram coarse = fine.coarsened(10'000);
  EXPECT_EQ(coarse.count(), fine.count());
  EXPECT_EQ(coarse.coarsened(10'000), coarse);
  for (const double share : {0.01, 0.5, 0.95, 0.99}) {
    EXPECT_LE(relative_difference(coarse.quantile(share), fine.quantile(share)), 0.01);
  }
}

TEST(Histogram, CoarsenedItHasNoMoreBinsThanAllowed) {
  const Histogram fine = of(drawn(7, 20'000));
  for (const std::size_t most : {2000u, 500u, 100u, 33u}) {
    const Histogram coarse = fine.coarsened(most);
    EXPECT_LE(coarse.bins().size(), most);
    EXPECT_EQ(coarse.count(), fine.count());
  }
}

}  // namespace
}  // namespace loadgate::metrics
