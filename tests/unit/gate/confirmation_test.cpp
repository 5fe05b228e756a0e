// Several runs of one build, heard together, as judge() does it.

#include "gate/confirmation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

using ::testing::Contains;

const std::vector<Level> kShop{{"GET /", 10, 30, 2000}, {"GET /list", 40, 90, 2000}};

// The last of some runs, each `factors` times as slow at GET /.
metrics::RunResult runs(const std::vector<double>& factors) {
  metrics::RunResult run;
  std::vector<metrics::RunDigest> earlier;
  for (const double factor : factors) {
    std::vector<Level> levels = kShop;
    levels[0].p50_ms *= factor;
    run = made_run(levels);
    run.earlier = earlier;
    earlier.push_back(metrics::digest_of(run));
  }
  return run;
}

Verdict heard(const std::vector<double>& factors) {
  return judge(runs(factors), made_baseline(kShop, 10));
}

TEST(Confirmation, WhatFailsInEachRunFails) {
  const Verdict verdict = heard({2.6, 2.4});
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).explanation,
            "p50 of GET / rose from 10.0 ms to 24.0 ms (×2.4, limit ×1.14).");
  EXPECT_THAT(verdict.baseline->remarks,
              Contains("2 runs were made: only what got worse in each is called worse."));
}

TEST(Confirmation, WhatFailsInTheFirstRunAloneIsInconclusiveWithBothFigures) {
  const Verdict verdict = heard({2.6, 1});
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.cause, Cause::not_confirmed);
  EXPECT_EQ(p50.explanation,
            "p50 of GET / is 10.0 ms (×1.00) in this run, but rose from 10.0 ms to 26.0 ms (×2.6) "
            "in the one beside it: not confirmed.");
  EXPECT_EQ(verdict.sentence,
            "Inconclusive: p50 of GET / is 10.0 ms (×1.00) in this run, but rose from 10.0 ms to "
            "26.0 ms (×2.6) in the one beside it: not confirmed; what would settle it: another "
            "run; a real regression comes back.");
}

TEST(Confirmation, WhatFailsInTheSecondRunAloneIsInconclusiveToo) {
  const Verdict verdict = heard({1, 2.6});
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).explanation,
            "p50 of GET / rose from 10.0 ms to 26.0 ms (×2.6), but is 10.0 ms (×1.00) in the run "
            "beside this one: not confirmed.");
}

TEST(Confirmation, OneOfThreeRunsIsEnoughToDoubt) {
  EXPECT_EQ(heard({2.6, 2.6, 2.6}).conclusion, Conclusion::regression);
  EXPECT_EQ(heard({2.6, 1, 2.6}).conclusion, Conclusion::inconclusive);
}

TEST(Confirmation, LeavesWhatNeverFailedAsTheRunAloneHasIt) {
  const Verdict alone = heard({1});
  const Verdict both = heard({1.05, 1});
  EXPECT_EQ(both.conclusion, Conclusion::passed);
  EXPECT_EQ(found(both, ComparedMetric::p50).change_high,
            found(alone, ComparedMetric::p50).change_high);
}

TEST(Confirmation, ErrorsAreConfirmedAsTimesAre) {
  std::vector<Level> failing = kShop;
  failing[0].failures = 60;
  metrics::RunResult run = made_run(failing);
  run.earlier = {metrics::digest_of(made_run(kShop))};
  EXPECT_EQ(found(judge(run, made_baseline(kShop, 10)), ComparedMetric::error_rate).cause,
            Cause::not_confirmed);
  run.earlier = {metrics::digest_of(made_run(failing))};
  EXPECT_EQ(judge(run, made_baseline(kShop, 10)).conclusion, Conclusion::regression);
}

TEST(Confirmation, AWatchedRequestThatIsNotConfirmedKeepsTheGateFromPassing) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 50});
  const Baseline baseline = made_baseline(levels, 10);
  metrics::RunResult run = made_run(levels);
  levels[2].p50_ms = 100;
  run.earlier = {metrics::digest_of(made_run(levels))};
  const Verdict verdict = judge(run, baseline);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rare").weight, Weight::watched);
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
}

TEST(Confirmation, ARequestTheOtherRunNeverSentIsNotConfirmed) {
  std::vector<Level> slow = kShop;
  slow[0].p50_ms = 26;
  metrics::RunResult run = made_run(slow);
  metrics::RunDigest earlier = metrics::digest_of(run);
  std::erase_if(earlier.series, [](const auto& series) { return series.request == "GET /"; });
  run.earlier = {earlier};
  EXPECT_EQ(found(judge(run, made_baseline(kShop, 10)), ComparedMetric::p50).explanation,
            "p50 of GET / rose from 10.0 ms to 26.0 ms (×2.6), but was not asked for in the run "
            "beside this one: not confirmed.");
}

TEST(Confirmation, WhatFailedAndWasNotAskedForAgainIsInconclusiveWithTheFiguresOfTheFailure) {
  std::vector<Level> slow = kShop;
  slow[0].p50_ms = 26;
  const metrics::RunDigest earlier = metrics::digest_of(made_run(slow));
  metrics::RunResult run = made_run({{"GET /", 10, 30, 0}, {"GET /list", 40, 90, 2000}});
  run.earlier = {earlier, earlier};
  const Verdict verdict = judge(run, made_baseline(kShop, 10));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive) << verdict.sentence;
  const auto is_lost = [](const ComparisonFinding& one) {
    return one.request == "GET /" && one.metric == ComparedMetric::p50;
  };
  EXPECT_EQ(std::count_if(verdict.comparisons.begin(), verdict.comparisons.end(), is_lost), 1);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.outcome, Outcome::inconclusive);
  EXPECT_EQ(p50.cause, Cause::not_confirmed);
  EXPECT_NEAR(p50.head / 1e6, 26, 0.1);
  EXPECT_EQ(p50.explanation,
            "p50 of GET / rose from 10.0 ms to 26.0 ms (×2.6) in the run beside this one, but was "
            "not asked for in this one: not confirmed.");
  EXPECT_EQ(p50.advice, "another run; a real regression comes back");
}

TEST(Confirmation, AStoredResultIsJudgedAgainByteForByte) {
  for (const std::vector<double>& factors :
       {std::vector<double>{2.6, 2.4}, {2.6, 1}, {1, 2.6, 1.02}}) {
    metrics::RunResult run = runs(factors);
    run.earlier.front().steal_share = 0.01;
    const Result<metrics::RunResult> back = metrics::parse_run_result(metrics::to_json(run));
    ASSERT_TRUE(back) << back.error().text;
    const Baseline baseline = made_baseline(kShop, 10);
    EXPECT_EQ(to_json(judge(*back, baseline)), to_json(judge(run, baseline)));
  }
}

// A stored result has lost it from its digests.
TEST(Confirmation, FindsTheOlderNameOfARequestInEachRun) {
  metrics::RunResult run = runs({2.6, 2.6});
  run.judging.requests[0].text = "GET /home";
  run.judging.requests[0].was = "GET /";
  for (metrics::DigestSeries& series : run.earlier.front().series) {
    if (series.request == "GET /") series.request = "GET /home";
  }
  EXPECT_EQ(found(judge(run, made_baseline(kShop, 10)), ComparedMetric::p50, "GET /home").outcome,
            Outcome::fail);
}

}  // namespace
}  // namespace loadgate::gate
