// The procedure of a duet as a whole, on drawn ratios. bench/trust/simulate.cpp draws more.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "base/random.h"
#include "gate/duet_looks.h"
#include "gate/judge.h"
#include "made_duet.h"

namespace loadgate::gate {
namespace {

constexpr int kNames = 10;  // With p50 and p95 of each 20 metrics, beside those of the pool.

struct World {
  double spread = 0.025;   // Of the logarithm of the ratio in one epoch.
  double slowdown = 1;     // Of one request of head.
  double correlation = 0;  // Of an epoch with the one before.
};

struct Tally {
  int failed = 0, passed = 0, epochs = 0;
};

double normal(Random& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
  return radius * std::cos(2 * std::numbers::pi * random.unit());
}

// Base stands still and head has all of the spread: the test sees nothing but the ratio.
class Gate {
 public:
  Gate(const World& world, std::uint64_t seed)
      : world_(world), random_(seed), luck_(2 * kNames, 0.0) {
    for (double& one : luck_) one = normal(random_);
  }

  Conclusion run(Tally& tally) {
    const auto draw = [this](std::uint32_t, metrics::Side side) { return drawn(side); };
    metrics::RunResult run = made_duet(kFewestEpochs, draw);
    while (!is_decided(run)) add_epoch(run, draw);
    tally.epochs += static_cast<int>(run.duet->epochs.size());
    return judge(run, std::nullopt).conclusion;
  }

 private:
  MadeSide drawn(metrics::Side side) {
    MadeSide made{.levels = {}, .cpu_ms = 0};
    if (side == metrics::Side::head) step();
    for (int i = 0; i < kNames; ++i) {
      Level level{"GET /" + std::to_string(i), 8.0 + 4 * i, 3 * (8.0 + 4 * i), 500, 0};
      if (side == metrics::Side::head) {
        const double slowdown = i == 3 ? world_.slowdown : 1;
        level.p50_ms *= slowdown * std::exp(world_.spread * luck_[static_cast<std::size_t>(i)]);
        level.p95_ms *=
            slowdown * std::exp(world_.spread * luck_[static_cast<std::size_t>(i) + kNames]);
      }
      made.levels.push_back(level);
    }
    return made;
  }

  void step() {
    const double keep = world_.correlation;
    for (double& one : luck_) one = keep * one + std::sqrt(1 - keep * keep) * normal(random_);
  }

  World world_;
  Random random_;
  std::vector<double> luck_;
};

Tally judged(const World& world, int times) {
  Tally tally;
  for (int i = 0; i < times; ++i) {
    const Conclusion conclusion = Gate(world, static_cast<std::uint64_t>(i)).run(tally);
    tally.failed += conclusion == Conclusion::regression ? 1 : 0;
    tally.passed += conclusion == Conclusion::passed ? 1 : 0;
  }
  return tally;
}

// Of 25 gates at 1 %, three and more false alarms come by chance in 2 of 1000 sets.
constexpr int kTimes = 25;
constexpr int kMostFalseAlarms = 2;

TEST(DuetSimulation, LikeWithLikeSeldomFailsAndPassesWhereEpochsSpreadLittle) {
  const Tally quiet = judged({.spread = 0.025}, kTimes);
  EXPECT_LE(quiet.failed, kMostFalseAlarms);
  EXPECT_GE(quiet.passed, kTimes * 95 / 100);
  EXPECT_LE(quiet.epochs, 7 * kTimes);
  const Tally noisy = judged({.spread = 0.07}, kTimes);
  EXPECT_LE(noisy.failed, kMostFalseAlarms);
  EXPECT_GE(noisy.passed, kTimes * 90 / 100);
}

TEST(DuetSimulation, LikeWithLikeSeldomFailsHoweverMuchEpochsSpreadOrHangTogether) {
  EXPECT_LE(judged({.spread = 0.12}, kTimes).failed, kMostFalseAlarms);
  EXPECT_LE(judged({.spread = 0.025, .correlation = 0.3}, kTimes).failed, kMostFalseAlarms);
}

TEST(DuetSimulation, ATenthMoreOfOneRequestIsFoundWhereEpochsSpreadLittle) {
  EXPECT_GE(judged({.spread = 0.025, .slowdown = 1.1}, kTimes).failed, kTimes * 95 / 100);
}

TEST(DuetSimulation, AFifthMoreOfOneRequestIsFoundWhereTheySpreadMore) {
  EXPECT_GE(judged({.spread = 0.07, .slowdown = 1.2}, kTimes).failed, kTimes * 95 / 100);
}

}  // namespace
}  // namespace loadgate::gate
