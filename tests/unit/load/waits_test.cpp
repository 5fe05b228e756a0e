#include "load/waits.h"

#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using plan::Wait;

constexpr TimePoint kNow{100s};

TEST(Waits, AreExponentialWithTheirMeanAndNeverEndless) {
  const Wait wait{2s, 2s, Wait::Kind::exponential};
  Random random(4);
  constexpr int kDraws = 20'000;
  Nanoseconds sum{};
  int shorter_than_mean = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Nanoseconds drawn = end_of_wait(wait, kNow, kNow, random) - kNow;
    ASSERT_GE(drawn, 0ns);
    ASSERT_LE(drawn, 20s);
    sum += drawn;
    shorter_than_mean += drawn < 2s ? 1 : 0;
  }
  EXPECT_NEAR(seconds(sum) / kDraws, 2.0, 0.065);  // 4.4 standard errors.
  EXPECT_NEAR(shorter_than_mean / static_cast<double>(kDraws), 0.632, 0.0151);  // Likewise.
}

TEST(Waits, PaceFromWhenTheIterationBegan) {
  const Wait wait{10s, 10s, Wait::Kind::pacing};
  Random random(4);
  EXPECT_EQ(end_of_wait(wait, kNow - 3s, kNow, random), kNow + 7s);
  EXPECT_EQ(end_of_wait(wait, kNow - 10s, kNow, random), kNow);
  EXPECT_EQ(end_of_wait(wait, kNow - 12s, kNow, random), kNow) << "late: at once";
}

TEST(Waits, AreFixedOrNoneWhereThePlanSaysSo) {
  Random random(4);
  EXPECT_EQ(end_of_wait({3s, 3s}, kNow - 1s, kNow, random), kNow + 3s);
  EXPECT_EQ(end_of_wait({}, kNow - 1s, kNow, random), kNow);
}

}  // namespace
}  // namespace loadgate::load
