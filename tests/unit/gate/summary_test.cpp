#include "gate/summary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "made_run.h"

namespace loadgate::gate {
namespace {

std::vector<std::string> names_of(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const Row& row : rows) names.push_back(row.request);
  return names;
}

TEST(Summary, AddsUpWhatWasJudged) {
  const Summary summary =
      summarize(made_run({{"GET /", 10, 30, 900}, {"GET /list", 40, 90, 300, 12}}), Verdict());
  EXPECT_EQ(summary.total.request, metrics::kAllRequests);
  EXPECT_TRUE(summary.total.is_judged);
  EXPECT_EQ(summary.total.requests, 1200U);
  EXPECT_EQ(summary.total.failures, 12U);
  EXPECT_DOUBLE_EQ(summary.total.error_rate, 0.01);
  EXPECT_DOUBLE_EQ(summary.total.per_second, 20);
  ASSERT_EQ(summary.rows.size(), 2U);
  EXPECT_NEAR(milliseconds(summary.rows[1].p50), 40, 0.05);
  EXPECT_NEAR(milliseconds(summary.rows[1].p95), 90, 0.1);
  EXPECT_NEAR(milliseconds(summary.rows[1].mean), 50, 0.1);
  EXPECT_DOUBLE_EQ(summary.rows[1].per_second, 5);
}

TEST(Summary, RatesByTheBandsOfP95) {
  const Summary summary = summarize(
      made_run({{"GET /a", 10, 199, 100}, {"GET /b", 10, 499, 100}, {"GET /c", 10, 502, 100}}),
      Verdict());
  EXPECT_EQ(summary.rows[0].rating, Rating::optimal);
  EXPECT_EQ(summary.rows[1].rating, Rating::acceptable);
  EXPECT_EQ(summary.rows[2].rating, Rating::slow);
}

TEST(Summary, RequestsWithoutAnAnswerHaveNoRating) {
  metrics::RunResult run = made_run({{"GET /", 10, 30, 100}});
  run.series[0].held.response_times = metrics::Histogram();
  EXPECT_EQ(summarize(run, Verdict()).rows[0].rating, Rating::none);
}

TEST(Summary, RequestsThatOnlyFailHaveNoRating) {
  EXPECT_EQ(summarize(made_run({{"GET /", 10, 30, 100, 100}}), Verdict()).rows[0].rating,
            Rating::none);
}

TEST(Summary, WarnsOfFailuresThatNoThresholdLimits) {
  metrics::RunResult run = made_run({{"GET /", 10, 30, 100, 7}});
  EXPECT_EQ(summarize(run, Verdict()).health.warnings,
            (std::vector<std::string>{
                "7 of 100 judged requests failed, and no threshold asks for less: add one, for "
                "example error_rate < 1%"}));
  plan::Threshold errors;
  errors.metric = plan::Metric::error_rate;
  run.judging.thresholds = {errors};
  EXPECT_TRUE(summarize(run, Verdict()).health.warnings.empty());
}

TEST(Summary, OnStartAndOnStopStandLastAndAreNotJudged) {
  metrics::RunResult run =
      made_run({{"log out", 1, 2, 10}, {"log in", 1, 2, 20}, {"GET /", 10, 30, 100}});
  run.judging.requests[0].role = plan::Role::on_stop;
  run.judging.requests[1].role = plan::Role::on_start;
  run.series.push_back(made_series({"log in", 1, 2, 5}, 0, 1));  // While warming up.
  const Summary summary = summarize(run, Verdict());
  EXPECT_EQ(names_of(summary.rows), (std::vector<std::string>{"GET /", "log in", "log out"}));
  EXPECT_FALSE(summary.rows[1].is_judged);
  EXPECT_EQ(summary.rows[1].requests, 25U);
  EXPECT_EQ(summary.total.requests, 100U);
  EXPECT_EQ(names_of(summary.stage_rows), (std::vector<std::string>{"GET /"}));
}

TEST(Summary, ATaskThatWasNeverHeldShowsAllThatWasSent) {
  metrics::RunResult run = made_run({{"GET /", 10, 30, 100}, {"GET /never", 1, 1, 0}});
  run.series[0].held.clear();
  const Summary summary = summarize(run, Verdict());
  ASSERT_EQ(summary.rows.size(), 1U);
  EXPECT_EQ(summary.rows[0].requests, 100U);
  EXPECT_FALSE(summary.rows[0].is_judged);
  EXPECT_EQ(summary.total.requests, 0U);
}

TEST(Summary, ShowsEveryJudgedStageApart) {
  metrics::RunResult run = made_run({{"GET /", 10, 30, 100}});
  run.judging.stages.push_back(made_stage("spike", 70, 80));
  run.series.push_back(made_series({"GET /", 50, 90, 40}, 2, 0));
  const Summary summary = summarize(run, Verdict());
  ASSERT_EQ(summary.stage_rows.size(), 2U);
  EXPECT_EQ(summary.stage_rows[1].stage, "spike");
  EXPECT_DOUBLE_EQ(summary.stage_rows[1].per_second, 4);
  EXPECT_DOUBLE_EQ(summary.rows[0].per_second, 2);  // 140 in 70 s held.
}

TEST(Summary, FailuresAreSortedByTheirNumber) {
  const Summary summary = summarize(support::sample_result(), Verdict());
  ASSERT_EQ(summary.failures.size(), 2U);
  EXPECT_EQ(summary.failures[0].kind, "unexpected status");
  EXPECT_EQ(summary.failures[0].request, "GET /products/{{ id }}");
  EXPECT_EQ(summary.failures[0].samples.size(), metrics::kSamplesPerKind);
  EXPECT_GT(summary.failures[0].count, summary.failures[1].count);
  EXPECT_EQ(summary.failures[1].kind, "timed out");
}

TEST(Summary, PhasesAreOfEachRequest) {
  const Row row = summarize(support::sample_result(), Verdict()).rows.front();
  EXPECT_EQ(row.mean_phases.send, std::chrono::microseconds(40));
}

}  // namespace
}  // namespace loadgate::gate
