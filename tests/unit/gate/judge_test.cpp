#include "gate/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

const std::vector<Level> kShop{{"GET /", 10, 30, 2000}, {"GET /list", 40, 90, 3000}};

plan::Threshold limit(const std::string& text) { return *plan::parse_threshold(text); }

metrics::RunResult with_thresholds(metrics::RunResult run, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) run.judging.thresholds.push_back(limit(text));
  return run;
}

// Levels that differ from run to run as on a real machine, from a seed.
std::vector<Level> drawn(std::uint64_t seed) {
  Random random(seed);
  std::vector<Level> levels;
  for (int i = 0; i < 6; ++i) {
    const double p50 = (5 + 10 * i) * (0.95 + 0.1 * random.unit());
    levels.push_back(
        {"GET /" + std::to_string(i), p50, p50 * (2.5 + random.unit()), random.below(3000), 0});
    levels.back().failures = levels.back().requests * random.below(4) / 1000;
  }
  return levels;
}

Baseline drawn_baseline(int runs) {
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < runs; ++i) {
    const std::string boot = "boot " + std::to_string(i);
    baseline.runs.push_back(made_stored(drawn(static_cast<std::uint64_t>(i) + 100), i, boot));
  }
  return baseline;
}

int badness(Outcome outcome) {
  return outcome == Outcome::pass ? 0 : outcome == Outcome::inconclusive ? 1 : 2;
}

TEST(Judge, SaysThatAllIsWell) {
  const Verdict verdict = judge(with_thresholds(made_run(kShop), {"p95 < 200ms", "p50 < 1s"}),
                                made_baseline(kShop, 10));
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  EXPECT_EQ(verdict.sentence, "Passed: 2 thresholds held, no regression against 10 baseline runs.");
}

TEST(Judge, WithoutABaselineOnlyThresholdsCount) {
  const Verdict verdict = judge(with_thresholds(made_run(kShop), {"p95 < 200ms"}), std::nullopt);
  EXPECT_EQ(verdict.sentence, "Passed: 1 threshold held.");
  EXPECT_FALSE(verdict.baseline);
}

TEST(Judge, SaysWhenNothingWasJudged) {
  EXPECT_EQ(judge(made_run(kShop), std::nullopt).sentence,
            "Passed, but nothing was judged: no threshold and no baseline.");
}

TEST(Judge, NamesTheMissedThreshold) {
  const Verdict verdict = judge(
      with_thresholds(made_run(kShop), {"p50 < 1s", "p95 < 20ms", "max < 1ms"}), std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::threshold_missed);
  EXPECT_EQ(verdict.sentence, "Threshold missed: p95 was 90.0 ms, not below 20.0 ms, and 1 more.");
}

TEST(Judge, NamesTheRequestThatGotWorst) {
  std::vector<Level> head = slower(kShop, 1.5);
  head[0].p50_ms = 30;
  const Verdict verdict = judge(made_run(head), made_baseline(kShop, 10));
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_THAT(verdict.sentence,
              StartsWith("Regression: p50 of GET / rose from 10.0 ms to 30.0 ms (×3.0), and "));
}

TEST(Judge, SaysWhatWouldSettleAnUndecidedComparison) {
  const Verdict verdict = judge(made_run(kShop), made_baseline(kShop, 1));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(verdict.sentence,
            "Inconclusive: p50 of all requests is undecided (too noisy): it stayed at 40.0 ms; "
            "this comparison sees ×1.81 and more; what would settle it: 4 more baseline runs, each "
            "from another boot (in CI, from another job).");
}

TEST(Judge, WorseConclusionsStandBeforeMilderOnes) {
  metrics::RunResult run = with_thresholds(made_run(slower(kShop, 3)), {"p95 < 20ms"});
  const Baseline unlike{"baselines/shop", {}};
  EXPECT_EQ(judge(run, unlike).conclusion, Conclusion::threshold_missed);
  EXPECT_EQ(judge(run, made_baseline(kShop, 10)).conclusion, Conclusion::regression);
  run.health.invalid = {"the generator was too slow: give it a core of its own"};
  EXPECT_EQ(judge(run, made_baseline(kShop, 10)).conclusion, Conclusion::invalid);
  run.info.interrupted = true;
  const Verdict verdict = judge(run, made_baseline(kShop, 10));
  EXPECT_EQ(verdict.conclusion, Conclusion::interrupted);
  EXPECT_EQ(verdict.sentence, "Interrupted after 1m10s: until then 0 of 1 threshold held.");
  EXPECT_EQ(verdict.thresholds.size(), 1U);
  EXPECT_EQ(verdict.comparisons.front().outcome, Outcome::fail);
}

TEST(Judge, AnInvalidRunSaysWhatToDo) {
  metrics::RunResult run = made_run(kShop);
  run.health.invalid = {"the generator was too slow: give it a core of its own"};
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_THAT(verdict.reasons, ElementsAre(run.health.invalid.front()));
  EXPECT_EQ(verdict.sentence,
            "Invalid run: the generator was too slow: give it a core of its own.");
}

TEST(Judge, ARunThatHeldNothingIsInvalid) {
  metrics::RunResult run = made_run(kShop);
  for (metrics::Series& series : run.series) series.held.clear();
  const Verdict verdict = judge(with_thresholds(run, {"failures < 1"}), std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::invalid);
  EXPECT_EQ(verdict.sentence,
            "Invalid run: no request was finished while the load was held, so there is nothing to "
            "judge: make the judged stages longer, or see why nothing was sent.");
}

TEST(Judge, AnAbortedRunMissedItsThresholdWhateverTheLastAnswersSay) {
  metrics::RunResult run = with_thresholds(made_run(kShop), {"error_rate < 50%"});
  run.info.aborted = "stopped after 12s by the threshold \"error_rate < 50%\"";
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::threshold_missed);
  EXPECT_EQ(verdict.sentence,
            "Threshold missed: stopped after 12s by the threshold \"error_rate < 50%\".");
}

TEST(Judge, AnUndecidedThresholdLeavesTheGateUndecided) {
  const Verdict verdict =
      judge(with_thresholds(made_run(kShop), {"p50 <= baseline + 20%"}), std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
}

TEST(Judge, ThresholdsLookAtStoredRunsOfThisMachineOnly) {
  Baseline baseline = made_baseline(kShop, 10);
  for (int i = 0; i < 10; ++i) {
    metrics::RunDigest slow = made_stored(slower(kShop, 100), i, "elsewhere");
    slow.environment.cpu_model = "Intel Xeon";
    baseline.runs.push_back(slow);
  }
  const Verdict verdict =
      judge(with_thresholds(made_run(kShop), {"p50 <= baseline + 20%"}), baseline);
  EXPECT_NEAR(verdict.thresholds.front().limit / 1e6, 48, 0.1);
}

TEST(Judge, ARunAgainstItselfPasses) {
  for (const metrics::RunResult& run :
       {support::sample_result({.has_failures = false}), made_run(kShop)}) {
    const Baseline itself{"run.json", {metrics::digest_of(run)}};
    const Verdict verdict = judge(run, itself);
    EXPECT_NE(verdict.conclusion, Conclusion::regression) << verdict.sentence;
    for (const ComparisonFinding& one : verdict.comparisons) EXPECT_EQ(one.change, 0);
  }
  EXPECT_EQ(judge(made_run(kShop), Baseline{"", {metrics::digest_of(made_run(kShop))}}).conclusion,
            Conclusion::passed);
}

TEST(Judge, AWorseCopyNeverScoresBetter) {
  const Baseline baseline = drawn_baseline(10);
  std::vector<int> last;
  for (const double factor : {0.5, 0.9, 1.0, 1.05, 1.1, 1.2, 1.3, 1.5, 2.0, 4.0}) {
    const Verdict verdict = judge(made_run(slower(drawn(1), factor)), baseline);
    std::vector<int> now;
    for (int name = 0; name < 6; ++name) {
      for (const ComparedMetric metric : {ComparedMetric::p50, ComparedMetric::p95}) {
        now.push_back(badness(found(verdict, metric, "GET /" + std::to_string(name)).outcome));
      }
    }
    for (std::size_t i = 0; i < last.size(); ++i) EXPECT_GE(now[i], last[i]) << factor;
    last = now;
  }
  EXPECT_EQ(*std::max_element(last.begin(), last.end()), 2);
}

TEST(Judge, MoreFailuresNeverScoreBetter) {
  const Baseline baseline = drawn_baseline(10);
  int last = 0;
  for (std::uint64_t failures = 0; failures <= 2000; failures += 25) {
    std::vector<Level> head = drawn(1);
    head[2].requests = 2000;
    head[2].failures = failures;
    const int now = badness(
        found(judge(made_run(head), baseline), ComparedMetric::error_rate, "GET /2").outcome);
    EXPECT_GE(now, last) << failures;
    last = now;
  }
  EXPECT_EQ(last, 2);
}

TEST(Judge, ScalingBothSidesChangesNothing) {
  // Powers of two keep every response time in the same place of its histogram bin.
  const auto scaled = [](double factor) {
    Baseline baseline{"baselines/shop", {}};
    for (int i = 0; i < 10; ++i) {
      baseline.runs.push_back(made_stored(
          slower(drawn(static_cast<std::uint64_t>(i) + 100), factor), i, std::to_string(i)));
    }
    metrics::RunResult run = made_run(slower(drawn(1), 1.2 * factor));
    run.judging.gate.latency_floor = Nanoseconds(0);
    return judge(run, baseline);
  };
  const Verdict one = scaled(1);
  const Verdict eight = scaled(8);
  ASSERT_EQ(one.comparisons.size(), eight.comparisons.size());
  for (std::size_t i = 0; i < one.comparisons.size(); ++i) {
    EXPECT_EQ(one.comparisons[i].request, eight.comparisons[i].request);
    EXPECT_EQ(one.comparisons[i].outcome, eight.comparisons[i].outcome);
    EXPECT_NEAR(one.comparisons[i].change, eight.comparisons[i].change, 2e-3);
  }
}

TEST(Judge, TheOrderOfSeriesAndStoredRunsDoesNotMatter) {
  Baseline baseline = drawn_baseline(10);
  baseline.runs[3].environment.boot = baseline.runs[4].environment.boot;
  metrics::RunResult run = made_run(slower(drawn(1), 1.3));
  const std::string expected = to_json(judge(run, baseline));
  Random random(5);
  for (int i = 0; i < 10; ++i) {
    for (std::size_t at = baseline.runs.size(); at > 1; --at) {
      std::swap(baseline.runs[at - 1], baseline.runs[random.below(at)]);
    }
    std::reverse(run.series.begin(), run.series.end());
    EXPECT_EQ(to_json(judge(run, baseline)), expected);
  }
}

TEST(Judge, FailsComeFirstThenTheWeightThenTheStageThenTheName) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 50});
  const Baseline baseline = made_baseline(levels, 10);
  levels[1].p50_ms *= 2;
  const Verdict verdict = judge(made_run(levels), baseline);
  const auto order = [](const ComparisonFinding& one) {
    return std::tuple(one.outcome != Outcome::fail,
                      one.outcome == Outcome::fail && one.request == metrics::kAllRequests,
                      one.weight, one.request != metrics::kAllRequests, one.request, one.metric);
  };
  EXPECT_TRUE(std::is_sorted(verdict.comparisons.begin(), verdict.comparisons.end(),
                             [&](const auto& a, const auto& b) { return order(a) < order(b); }));
}

}  // namespace
}  // namespace loadgate::gate
