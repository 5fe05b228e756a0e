// The whole gate on drawn data: how often it cries wolf and what it catches. Seeded, so
// the figures are the same on every machine.

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/random.h"
#include "gate/judge.h"
#include "made_run.h"
#include "normal.h"

namespace loadgate::gate {
namespace {

constexpr int kNames = 9;  // p50 and p95 of each and of all together: 20 latencies.

struct World {
  double spread = 0.03;  // Between runs, of the logarithm of each level.
  int units = 10;
  double slowdown = 1;  // Of head.
  std::string boot{};   // Of all stored runs; empty: each has its own.
};

struct Tally {
  int failed = 0, passed = 0;
};

std::vector<Level> drawn_levels(Random& random, double spread, double slowdown) {
  std::vector<Level> levels;
  for (int i = 0; i < kNames; ++i) {
    const double level = (8 + 4 * i) * slowdown;
    levels.push_back({"GET /" + std::to_string(i), level * std::exp(spread * normal(random)),
                      3 * level * std::exp(spread * normal(random)), 2000, 0});
  }
  return levels;
}

Tally judged(const World& world, int times) {
  Random random(1);
  Tally tally;
  for (int i = 0; i < times; ++i) {
    Baseline baseline{"baselines/shop", {}};
    for (int unit = 0; unit < world.units; ++unit) {
      const std::string boot = world.boot.empty() ? std::to_string(unit) : world.boot;
      baseline.runs.push_back(made_stored(drawn_levels(random, world.spread, 1), unit, boot));
    }
    const std::vector<Level> head = drawn_levels(random, world.spread, world.slowdown);
    const Conclusion conclusion = judge(made_run(head), baseline).conclusion;
    tally.failed += conclusion == Conclusion::regression ? 1 : 0;
    tally.passed += conclusion == Conclusion::passed ? 1 : 0;
  }
  return tally;
}

// Response times drawn one by one, of requests so rare that chance alone moves their
// percentiles by far more than any prior says.
metrics::RunResult rare_run(Random& random, const std::string& boot) {
  constexpr double kTail = 1.0;  // Of the logarithm of one response time.
  std::vector<Level> levels;
  for (const std::uint64_t requests : {12U, 25U, 50U, 110U, 110U, 150U, 250U, 420U, 1000U}) {
    levels.push_back({"GET /" + std::to_string(levels.size()), 10, 30, requests, 0});
  }
  metrics::RunResult run = made_run(levels, boot);
  for (metrics::Series& series : run.series) {
    series.held.response_times = metrics::Histogram();
    for (std::uint64_t i = 0; i < series.held.requests; ++i) {
      series.held.response_times.record(from_seconds(0.01 * std::exp(kTail * normal(random))));
    }
  }
  return run;
}

int false_alarms_of_rare_requests(int units, int times) {
  Random random(1);
  int failed = 0;
  for (int i = 0; i < times; ++i) {
    Baseline baseline{"baselines/shop", {}};
    for (int unit = 0; unit < units; ++unit) {
      baseline.runs.push_back(metrics::digest_of(rare_run(random, "boot of head")));
    }
    const Verdict verdict = judge(rare_run(random, "boot of head"), baseline);
    failed += verdict.conclusion == Conclusion::regression ? 1 : 0;
  }
  return failed;
}

// Of 200 gates at 1 %, seven and more false alarms come by chance in 4 of 1000 sets.
constexpr int kTimes = 200;
constexpr int kMostFalseAlarms = 6;

TEST(Simulation, TenQuietUnitsPassLikeWithLikeAndSeldomFailIt) {
  const Tally tally = judged({.spread = 0.03}, kTimes);
  EXPECT_LE(tally.failed, kMostFalseAlarms);
  EXPECT_GE(tally.passed, kTimes * 95 / 100);
}

TEST(Simulation, TenNoisyUnitsSeldomFailLikeWithLike) {
  EXPECT_LE(judged({.spread = 0.08}, kTimes).failed, kMostFalseAlarms);
}

TEST(Simulation, OneUnitSeldomFailsLikeWithLikeBetweenBoots) {
  EXPECT_LE(judged({.spread = 0.12, .units = 1}, kTimes).failed, kMostFalseAlarms);
}

TEST(Simulation, OneUnitOfTheSameBootPassesLikeWithLike) {
  const Tally tally = judged({.spread = 0.02, .units = 1, .boot = "boot of head"}, kTimes);
  EXPECT_EQ(tally.failed, 0);
  EXPECT_GE(tally.passed, kTimes * 90 / 100);
}

TEST(Simulation, RareRequestsRaiseNoFalseAlarmsHoweverFewRunsAreStored) {
  EXPECT_LE(false_alarms_of_rare_requests(1, 40), 2);
  EXPECT_LE(false_alarms_of_rare_requests(3, 40), 2);
  EXPECT_LE(false_alarms_of_rare_requests(10, 40), 2);
}

TEST(Simulation, ADoublingIsCaughtFromTheFirstStoredRun) {
  EXPECT_GE(judged({.spread = 0.03, .units = 1, .slowdown = 2}, 100).failed, 95);
  EXPECT_GE(judged({.spread = 0.03, .units = 10, .slowdown = 2}, 100).failed, 100);
  EXPECT_GE(judged({.spread = 0.08, .units = 10, .slowdown = 2}, 100).failed, 95);
}

TEST(Simulation, TenQuietUnitsSeeAThirdMore) {
  EXPECT_GE(judged({.spread = 0.03, .slowdown = 1.3}, 100).failed, 95);
}

}  // namespace
}  // namespace loadgate::gate
