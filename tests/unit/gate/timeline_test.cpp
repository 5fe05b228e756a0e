#include "gate/timeline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "gate/judge.h"
#include "support/sample_duet.h"
#include "support/sample_long_run.h"

namespace loadgate::gate {
namespace {

using namespace std::chrono_literals;

const Chart* chart_of(const Timeline& timeline, Charted what) {
  const auto found = std::ranges::find(timeline.charts, what, &Chart::what);
  return found == timeline.charts.end() ? nullptr : &*found;
}

const Curve& first_curve(const Timeline& timeline, Charted what) {
  const Chart* chart = chart_of(timeline, what);
  EXPECT_NE(chart, nullptr);
  return chart->curves.front();
}

double sum_of(const Curve::Levels& levels) {
  double sum = 0;
  for (const std::optional<double>& level : levels) sum += level.value_or(0);
  return sum;
}

TEST(Timeline, OfAShortRunHasASlotForEachWindow) {
  const Timeline timeline = timeline_of(support::sample_result(), {});
  EXPECT_EQ(timeline.slot, 1s);
  EXPECT_EQ(timeline.slots, 40U);
  const Curve& rate = first_curve(timeline, Charted::rate);
  ASSERT_EQ(rate.levels.size(), 40U);
  // Tasks alone: 30, 20 and 10 a second; logins are none.
  for (const std::optional<double>& level : rate.levels) EXPECT_EQ(level, 60);
}

TEST(Timeline, OfALongRunHasAFewHundredSlots) {
  const metrics::RunResult run = support::sample_long_run();
  const Timeline timeline = timeline_of(run, {});
  EXPECT_LE(timeline.slots, kMostSlots);
  EXPECT_GE(timeline.slots, kMostSlots / 2);
  for (const Chart& chart : timeline.charts) {
    for (const Curve& curve : chart.curves) EXPECT_EQ(curve.levels.size(), timeline.slots);
  }
  const double requests =
      sum_of(first_curve(timeline, Charted::rate).levels) * seconds(timeline.slot);
  EXPECT_NEAR(requests, 12 * 8 * 7'200, 1);
}

TEST(Timeline, QuantilesLieWithinTheirBands) {
  const Timeline timeline = timeline_of(support::sample_result(), {});
  for (const Charted what : {Charted::p50, Charted::p95, Charted::p99}) {
    const Curve& curve = first_curve(timeline, what);
    for (std::size_t slot = 0; slot < timeline.slots; ++slot) {
      EXPECT_LE(*curve.low[slot], *curve.levels[slot]);
      EXPECT_GE(*curve.high[slot], *curve.levels[slot]);
    }
  }
  EXPECT_TRUE(first_curve(timeline, Charted::rate).low.empty());
}

TEST(Timeline, FailuresAreAShareOfTheRequestsOfTheirSlot) {
  const Timeline timeline = timeline_of(support::sample_result(), {});
  const Curve& errors = first_curve(timeline, Charted::error_rate);
  EXPECT_EQ(errors.levels[0], 0);
  EXPECT_DOUBLE_EQ(*errors.levels[1], 1.0 / 60);
}

TEST(Timeline, UsersStayUntilTheNextPoint) {
  const Timeline timeline = timeline_of(support::sample_result(), {});
  const Curve& users = first_curve(timeline, Charted::users);
  EXPECT_EQ(users.levels[5], 10);
  EXPECT_EQ(users.levels[30], 20);
}

TEST(Timeline, WhatIsAskedForRisesOverTheRamp) {
  metrics::RunResult run = support::sample_result({.is_open = true});
  run.judging.stages[1].held.from = 20s;  // From 10 s, to 60 a second.
  const Timeline timeline = timeline_of(run, {});
  const Chart& rate = *chart_of(timeline, Charted::rate);
  ASSERT_EQ(rate.curves.size(), 2U);
  const Curve& asked = rate.curves[1];
  EXPECT_EQ(asked.source, Curve::Source::asked);
  EXPECT_FALSE(asked.levels[5]);  // A stage of users.
  EXPECT_NEAR(*asked.levels[15], 60 * 0.55, 0.01);
  EXPECT_EQ(asked.levels[30], 60);
}

TEST(Timeline, CpuIsAShareOfAllCores) {
  metrics::RunResult run = support::sample_result();
  run.services = {support::sample_use("service", 0, 40, 0.5)};
  run.machine = support::sample_machine(0, 40);  // Busy for a core of two.
  const Timeline timeline = timeline_of(run, {});
  const Chart& cpu = *chart_of(timeline, Charted::cpu);
  ASSERT_EQ(cpu.curves.size(), 3U);
  EXPECT_EQ(cpu.curves[0].name, "service");
  EXPECT_NEAR(*cpu.curves[0].levels[20], 0.25, 1e-6);
  EXPECT_NEAR(*cpu.curves[1].levels[20], 0.5, 1e-6);
  EXPECT_NEAR(*cpu.curves[2].levels[20], 0.1, 1e-6);
  EXPECT_EQ(first_curve(timeline, Charted::memory).levels[9], 110e6);
}

TEST(Timeline, StagesSayWhatIsHeld) {
  const Timeline timeline = timeline_of(support::sample_result(), {});
  ASSERT_EQ(timeline.stretches.size(), 2U);
  EXPECT_TRUE(timeline.stretches[0].is_warmup);
  EXPECT_EQ(timeline.stretches[0].held.length(), 0s);
  EXPECT_EQ(timeline.stretches[1].name, "steady");
  EXPECT_EQ(timeline.stretches[1].held.from, 12s);
}

TEST(Timeline, EpochsStandOneBehindTheOtherWithASlotBetween) {
  const metrics::RunResult run = support::sample_duet({.slowdown = 1.5});
  const Timeline timeline = timeline_of(run, judge(run, std::nullopt));
  EXPECT_EQ(timeline.slots, 6U * 9 - 1);
  ASSERT_EQ(timeline.stretches.size(), 6U);
  EXPECT_EQ(timeline.stretches[1].name, "epoch 2");
  EXPECT_EQ(timeline.stretches[1].span.from, 9s);
  EXPECT_EQ(timeline.stretches[1].held.from, 11s);
  const Chart& p50 = *chart_of(timeline, Charted::p50);
  ASSERT_EQ(p50.curves.size(), 2U);
  EXPECT_EQ(p50.curves[0].side, metrics::Side::base);
  EXPECT_FALSE(p50.curves[0].levels[8]);
  EXPECT_LT(sum_of(p50.curves[0].levels), sum_of(p50.curves[1].levels));
  EXPECT_EQ(chart_of(timeline, Charted::rate)->curves[2].levels[0], 120) << "pairs do not climb";
  EXPECT_NE(chart_of(timeline, Charted::cpu), nullptr);
  EXPECT_EQ(chart_of(timeline, Charted::users), nullptr);
}

TEST(Timeline, EpochsThatDoNotCountAreLeftOut) {
  metrics::RunResult run = support::sample_duet();
  run.duet->epochs[3].spoilt = "the load generator was late";
  const Timeline timeline = timeline_of(run, {});
  ASSERT_EQ(timeline.stretches.size(), 5U);
  EXPECT_EQ(timeline.stretches[3].name, "epoch 5");
  EXPECT_EQ(timeline.stretches[3].span.from, 27s);
}

TEST(Timeline, ManyLongEpochsFitToo) {
  metrics::RunResult run = support::sample_duet({.epochs = 2});
  run.duet->epoch_length = 600s;
  for (std::uint32_t number = 2; number < 20; ++number) {
    run.duet->epochs.push_back(run.duet->epochs[number % 2]);
  }
  EXPECT_LE(timeline_of(run, {}).slots, kMostSlots);
}

TEST(Timeline, LimitsStandWhereTheStageIsHeld) {
  Verdict verdict;
  ThresholdFinding everywhere;
  everywhere.threshold = support::sample_threshold("p95 < 200ms", plan::Metric::p95, 200e6, 14);
  everywhere.limit = 200e6;
  ThresholdFinding of_one = everywhere;
  of_one.threshold.request = "GET /products";
  verdict.thresholds = {everywhere, of_one};
  const Timeline timeline = timeline_of(support::sample_result(), verdict);
  const std::vector<Reference>& references = chart_of(timeline, Charted::p95)->references;
  ASSERT_EQ(references.size(), 1U);
  EXPECT_EQ(references[0].span.from, 12s);
  EXPECT_EQ(references[0].limit, 200e6);
  EXPECT_FALSE(references[0].stored);
}

TEST(Timeline, StoredLevelsReachUpToTheirLimit) {
  ComparisonFinding finding;
  finding.stage = "steady";
  finding.request = metrics::kAllRequests;
  finding.base = 10e6;
  finding.fail_line = 0.2;
  Verdict verdict;
  verdict.comparisons = {finding};
  const Timeline timeline = timeline_of(support::sample_result(), verdict);
  const std::vector<Reference>& references = chart_of(timeline, Charted::p50)->references;
  ASSERT_EQ(references.size(), 1U);
  EXPECT_EQ(references[0].stored, 10e6);
  EXPECT_DOUBLE_EQ(references[0].limit, 12e6);
}

TEST(Timeline, OfNothingIsEmpty) {
  const Timeline timeline = timeline_of(metrics::RunResult(), {});
  EXPECT_EQ(timeline.slots, 0U);
  EXPECT_TRUE(timeline.charts.empty());
}

TEST(Timeline, BearsMadeUpNumbers) {
  metrics::RunResult run = support::sample_result();
  run.info.length = Nanoseconds(std::int64_t{1} << 61);
  run.series[0].windows.back().index = 4'000'000'000U;
  run.services = {support::sample_use("service", 0, 1, 1e9)};
  EXPECT_LE(timeline_of(run, {}).slots, kMostSlots);
  run = support::sample_duet();
  run.duet->epoch_length = std::chrono::hours(1);
  EXPECT_LE(timeline_of(run, {}).slots, kMostSlots);
}

}  // namespace
}  // namespace loadgate::gate
