#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

const std::vector<Level> kShop{{"GET /", 10, 30, 900}, {"GET /list", 40, 90, 100, 10}};

plan::Threshold limit(const std::string& text) {
  const auto parsed = plan::parse_threshold(text);
  EXPECT_TRUE(parsed) << text;
  return *parsed;
}

ThresholdFinding checked(const plan::Threshold& threshold, metrics::RunResult run = made_run(kShop),
                         const std::optional<Baseline>& baseline = std::nullopt) {
  run.judging.thresholds = {threshold};
  return check_thresholds(run.judging, run.series, baseline).front();
}

TEST(Thresholds, HoldOrAreMissedWithTheMeasuredValue) {
  struct Case {
    std::string text;
    Outcome outcome;
    std::string explanation;
  };
  const std::vector<Case> cases{
      {"p50 < 20ms", Outcome::pass, "p50 was 10.0 ms, below 20.0 ms."},
      {"p50 < 5ms", Outcome::fail, "p50 was 10.0 ms, not below 5.00 ms."},
      {"max <= 80ms", Outcome::fail, "max was 90.0 ms, not at most 80.0 ms."},
      {"error_rate < 2%", Outcome::pass, "error_rate was 1.0 %, below 2.0 %."},
      {"error_rate < 1%", Outcome::fail, "error_rate was 1.0 %, not below 1.0 %."},
      {"error_rate <= 1%", Outcome::pass, "error_rate was 1.0 %, at most 1.0 %."},
      {"requests_per_second > 16", Outcome::pass, "requests_per_second was 16.7/s, above 16/s."},
      {"requests >= 1000", Outcome::pass, "requests was 1000, at least 1000."},
      {"failures < 10", Outcome::fail, "failures was 10, not below 10."}};
  for (const Case& one : cases) {
    const ThresholdFinding finding = checked(limit(one.text));
    EXPECT_EQ(finding.outcome, one.outcome) << one.text;
    EXPECT_EQ(finding.explanation, one.explanation);
    EXPECT_TRUE(finding.measured) << one.text;
  }
}

TEST(Thresholds, AreComparedWithoutRounding) {
  const ThresholdFinding finding = checked(limit("requests_per_second >= 16.67"));
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.explanation, "requests_per_second was 16.66666667/s, not at least 16.67/s.");
}

TEST(Thresholds, OfOneRequestLookAtItAlone) {
  plan::Threshold threshold = limit("error_rate < 5%");
  threshold.request = "GET /list";
  const ThresholdFinding finding = checked(threshold);
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.explanation, "error_rate of GET /list was 10 %, not below 5.0 %.");
}

TEST(Thresholds, LookAtHeldPartsOfJudgedStagesOnly) {
  metrics::RunResult run = made_run(kShop);
  run.series.push_back(made_series({"GET /", 900, 900, 500}, 0, 0));  // Warming up.
  run.series[0].all.response_times.record(from_seconds(5), 1000);     // Ramping.
  EXPECT_EQ(checked(limit("max < 100ms"), run).outcome, Outcome::pass);
  plan::Threshold of_warmup = limit("max < 100ms");
  of_warmup.stage = "warm up";
  const ThresholdFinding finding = checked(of_warmup, run);
  EXPECT_EQ(finding.outcome, Outcome::fail);
  EXPECT_EQ(finding.stage, "warm up");
  EXPECT_EQ(finding.explanation, "max in stage warm up was 900 ms, not below 100 ms.");
}

TEST(Thresholds, LookAtTasksOnly) {
  metrics::RunResult run = made_run(kShop);
  run.judging.requests[1].role = plan::Role::on_start;
  EXPECT_EQ(checked(limit("failures < 1"), run).outcome, Outcome::pass);
}

TEST(Thresholds, WithoutAnyRequestAreMissedAndSayWhy) {
  plan::Threshold threshold = limit("p95 < 200ms");
  threshold.request = "GET /never";
  const ThresholdFinding unsent = checked(threshold);
  EXPECT_EQ(unsent.outcome, Outcome::fail);
  EXPECT_FALSE(unsent.measured);
  EXPECT_EQ(unsent.explanation,
            "p95 is not known: no request of GET /never was sent while the load was held.");

  metrics::RunResult refused = made_run(kShop);
  for (metrics::Series& series : refused.series) series.held.response_times = {};
  EXPECT_EQ(checked(limit("p95 < 200ms"), refused).explanation,
            "p95 is not known: no request was answered while the load was held.");
  EXPECT_EQ(checked(limit("error_rate < 1%"), made_run({})).outcome, Outcome::fail);
}

TEST(Thresholds, RelativeToTheBaselineFollowItsGeometricMean) {
  Baseline baseline{"baselines/shop", {}};
  baseline.runs.push_back(made_stored(kShop, 0, "a"));
  baseline.runs.push_back(made_stored(slower(kShop, 4), 1, "b"));
  const ThresholdFinding holds =
      checked(limit("p50 <= baseline + 20%"), made_run(slower(kShop, 2.3)), baseline);
  EXPECT_EQ(holds.outcome, Outcome::pass) << holds.explanation;
  EXPECT_NEAR(holds.limit / 1e6, 24, 0.05);
  EXPECT_EQ(checked(limit("p50 <= baseline + 20%"), made_run(slower(kShop, 2.5)), baseline).outcome,
            Outcome::fail);
}

TEST(Thresholds, RelativeErrorRatesAddPoints) {
  const Baseline baseline = made_baseline(kShop, 3);
  EXPECT_EQ(checked(limit("error_rate <= baseline + 1%"), made_run(kShop), baseline).limit, 0.02);
}

TEST(Thresholds, RelativeToABaselineOfOtherLoadAreUndecided) {
  metrics::RunResult run = made_run(kShop);
  run.judging.stages[1].load_hash = "changed";
  const ThresholdFinding finding =
      checked(limit("p50 <= baseline + 20%"), run, made_baseline(kShop, 3));
  EXPECT_EQ(finding.outcome, Outcome::inconclusive);
  EXPECT_EQ(finding.explanation,
            "p50 was 10.0 ms, but no stored run of this machine and load gives it a limit.");
  EXPECT_EQ(checked(limit("p50 <= baseline + 20%")).outcome, Outcome::inconclusive);
}

TEST(Thresholds, RelativeOverSeveralStagesJoinThem) {
  const auto run = [](double factor) {
    metrics::RunResult result = made_run(slower(kShop, factor));
    result.judging.stages.push_back(made_stage("spike", 70, 130));
    result.series.push_back(made_series({"GET /", 400 * factor, 500 * factor, 5000}, 2, 0));
    return result;
  };
  const Baseline baseline{"baselines/shop", {metrics::digest_of(run(1))}};
  const ThresholdFinding finding = checked(limit("p50 <= baseline + 20%"), run(1), baseline);
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_NEAR(finding.limit / 1e6, 480, 10);
  EXPECT_EQ(checked(limit("p50 <= baseline + 20%"), run(1.3), baseline).outcome, Outcome::fail);
}

TEST(Thresholds, KeepThePlansOrder) {
  metrics::RunResult run = made_run(kShop);
  run.judging.thresholds = {limit("p95 < 1ms"), limit("error_rate < 50%"), limit("p50 < 1s")};
  const auto findings = check_thresholds(run.judging, run.series, std::nullopt);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].threshold.text, "p95 < 1ms");
  EXPECT_EQ(findings[2].threshold.text, "p50 < 1s");
}

}  // namespace
}  // namespace loadgate::gate
