#include "gate/noise_study.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/random.h"
#include "made_duet.h"
#include "normal.h"

namespace loadgate::gate {
namespace {

// One build on both sides; levels differ by chance from epoch to epoch and side to side.
metrics::RunResult same_build(double spread, std::uint32_t epochs = 20) {
  Random random(7);
  return made_duet(
      epochs,
      [&](std::uint32_t, metrics::Side) {
        const double luck = std::exp(spread * normal(random));
        return MadeSide{{{"GET /", 8 * luck, 24 * luck, 600, 0}}, 2 * luck};
      },
      epochs);
}

const NoiseOf& of(const NoiseStudy& study, ComparedMetric metric) {
  return *std::find_if(study.noise.begin(), study.noise.end(), [&](const NoiseOf& one) {
    return one.metric == metric && one.request == metrics::kAllRequests;
  });
}

TEST(NoiseStudy, FindsTheSpreadOfAnEpoch) {
  // Both sides vary, so the ratio does by the root of two.
  const NoiseStudy study = study_noise(same_build(0.03), 200, 1);
  EXPECT_EQ(study.epochs, 20);
  EXPECT_NEAR(of(study, ComparedMetric::p50).spread, 0.03 * std::numbers::sqrt2, 0.015);
  EXPECT_NEAR(of(study, ComparedMetric::cpu_per_request).spread, 0.03 * std::numbers::sqrt2, 0.015);
}

TEST(NoiseStudy, OneBadSecondOfASideIsNoMoreNoiseThanTheGateSees) {
  metrics::RunResult run = same_build(0);
  set_seconds(run, [](metrics::Side side, std::uint32_t epoch, std::uint32_t second) {
    const bool is_bad = second == 5 && (side == metrics::Side::head) == (epoch % 2 == 0);
    return made_times({{is_bad ? 150.0 : 10.0, 150}});
  });
  EXPECT_LT(of(study_noise(run, 50, 1), ComparedMetric::p95).spread, 0.2);
}

TEST(NoiseStudy, AQuietMachineHasNoFalseAlarms) {
  const NoiseStudy study = study_noise(same_build(0.01), 200, 1);
  EXPECT_EQ(study.failed, 0);
  EXPECT_EQ(study.inconclusive, 0);
  EXPECT_EQ(study.median_epochs, 6);
  EXPECT_EQ(study.fail_low, 0);
  EXPECT_GT(study.fail_high, 0.3) << "20 epochs are worth three gates, not 200";
}

TEST(NoiseStudy, ProposesWhatTheMachineCanBear) {
  const auto proposed = [](double spread) {
    for (const Proposal& one : study_noise(same_build(spread), 100, 1).proposals) {
      if (one.metric == ComparedMetric::p50) return one;
    }
    return Proposal{};
  };
  EXPECT_EQ(proposed(0.01).now, 0.10);
  EXPECT_DOUBLE_EQ(proposed(0.01).proposed, 0.05);
  EXPECT_GE(proposed(0.10).proposed, 0.10);
  EXPECT_GT(proposed(0.20).proposed, proposed(0.10).proposed);
}

TEST(NoiseStudy, SeesLessWhereThereIsMoreNoise) {
  const auto sees = [](double spread) {
    return of(study_noise(same_build(spread), 100, 1), ComparedMetric::p95).sees;
  };
  EXPECT_LT(sees(0.05), sees(0.10));
  EXPECT_LT(sees(0.10), sees(0.20));
}

TEST(NoiseStudy, LeavesOutEpochsInWhichASideDied) {
  metrics::RunResult run = same_build(0.01);
  run.duet->epochs[18].base.died = "it was ended by signal 9";
  run.duet->epochs[19].head.died = "it was ended by signal 11";
  const NoiseStudy study = study_noise(run, 200, 1);
  EXPECT_EQ(study.epochs, 18);
  EXPECT_EQ(study.median_epochs, 6);
  EXPECT_EQ(study.failed + study.inconclusive, 0);
}

TEST(NoiseStudy, LeavesOutEpochsWithNothingHeld) {
  metrics::RunResult run = same_build(0.01);
  add_epoch(run, slower_head({}));
  EXPECT_EQ(study_noise(run, 50, 1).epochs, 20);
  for (metrics::Epoch& epoch : run.duet->epochs) epoch.spoilt = "requests were sent late";
  EXPECT_EQ(study_noise(run, 50, 1).gates, 0);
}

TEST(NoiseStudy, DrawsTheSameGatesFromTheSameSeed) {
  const metrics::RunResult run = same_build(0.2);
  const NoiseStudy one = study_noise(run, 50, 3);
  const NoiseStudy two = study_noise(run, 50, 3);
  EXPECT_EQ(one.inconclusive, two.inconclusive);
  EXPECT_EQ(one.failed, two.failed);
}

}  // namespace
}  // namespace loadgate::gate
