// The procedure of a duet as a whole, on drawn ratios. bench/trust/simulate.cpp draws more.

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

#include "drawn_duet.h"
#include "gate/judge.h"

namespace loadgate::gate {
namespace {

struct Tally {
  int failed = 0, passed = 0, epochs = 0;
};

Tally judged(const DrawnWorld& world, const DrawnFault& fault, int times) {
  Tally tally;
  for (int i = 0; i < times; ++i) {
    const metrics::RunResult run = drawn_duet({world, fault, static_cast<std::uint64_t>(i)});
    tally.epochs += static_cast<int>(run.duet->epochs.size());
    const Conclusion conclusion = judge(run, std::nullopt).conclusion;
    tally.failed += conclusion == Conclusion::regression ? 1 : 0;
    tally.passed += conclusion == Conclusion::passed ? 1 : 0;
  }
  return tally;
}

// Of 25 gates at 1 %, three and more false alarms come by chance in 2 of 1000 sets.
constexpr int kTimes = 25;
constexpr int kMostFalseAlarms = 2;

TEST(DuetSimulation, LikeWithLikeSeldomFailsAndPassesWhereEpochsSpreadLittle) {
  const Tally quiet = judged({.p50 = 0.025, .p95 = 0.025}, {}, kTimes);
  EXPECT_LE(quiet.failed, kMostFalseAlarms);
  EXPECT_GE(quiet.passed, kTimes * 95 / 100);
  EXPECT_LE(quiet.epochs, 7 * kTimes);
  const Tally noisy = judged({.p50 = 0.07, .p95 = 0.07}, {}, kTimes);
  EXPECT_LE(noisy.failed, kMostFalseAlarms);
  EXPECT_GE(noisy.passed, kTimes * 90 / 100);
}

TEST(DuetSimulation, LikeWithLikeSeldomFailsHoweverMuchEpochsSpreadOrHangTogether) {
  EXPECT_LE(judged({.p50 = 0.12, .p95 = 0.12}, {}, kTimes).failed, kMostFalseAlarms);
  EXPECT_LE(judged({.p50 = 0.025, .p95 = 0.025, .correlation = 0.3}, {}, kTimes).failed,
            kMostFalseAlarms);
}

TEST(DuetSimulation, ATenthMoreOfOneRequestIsFoundWhereEpochsSpreadLittle) {
  EXPECT_GE(judged({.p50 = 0.025}, {.p50 = 1.1}, kTimes).failed, kTimes * 95 / 100);
}

TEST(DuetSimulation, AFifthMoreOfOneRequestIsFoundWhereTheySpreadMore) {
  EXPECT_GE(judged({.p95 = 0.07}, {.p95 = 1.2}, kTimes).failed, kTimes * 95 / 100);
}

}  // namespace
}  // namespace loadgate::gate
