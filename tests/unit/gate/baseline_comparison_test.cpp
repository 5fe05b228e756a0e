#include "gate/baseline_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<Level> kShop{{"GET /", 10, 30, 2000}, {"GET /list", 40, 90, 2000}};

// Ten boots whose p50 and p95 lie 3 % around those of kShop.
Baseline spread_baseline(int runs = 10) {
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < runs; ++i) {
    const double factor = 1 + 0.03 * ((i * 7) % 10 - 4.5) / 4.5;
    baseline.runs.push_back(made_stored(slower(kShop, factor), i, "boot " + std::to_string(i)));
  }
  return baseline;
}

Baseline same_boot(int runs) {
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < runs; ++i) baseline.runs.push_back(made_stored(kShop, i, "boot of head"));
  return baseline;
}

Verdict judged(const std::vector<Level>& head, const Baseline& baseline) {
  return judge(made_run(head), baseline);
}

std::vector<Level> with_first(double p50_factor, std::uint64_t failures = 0) {
  std::vector<Level> levels = kShop;
  levels[0].p50_ms *= p50_factor;
  levels[0].failures = failures;
  return levels;
}

TEST(Comparison, LikeAgainstLikePassesAndSaysHowBadItCouldBe) {
  const Verdict verdict = judged(kShop, spread_baseline());
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.weight, Weight::deciding);
  EXPECT_EQ(p50.outcome, Outcome::pass);
  EXPECT_EQ(p50.baseline_runs, 10);
  EXPECT_EQ(p50.requests, 2000U);
  EXPECT_NEAR(p50.change, 0, 0.01);
  EXPECT_LT(p50.change_low, p50.change);
  EXPECT_GT(p50.change_high, p50.change);
  EXPECT_NEAR(p50.pass_line, 0.3, 1e-9);
  EXPECT_NEAR(p50.fail_line, 0.1402, 1e-4);  // Half of 30 % on the scale of logarithms.
  EXPECT_EQ(p50.explanation,
            "p50 of GET / stayed at 10.0 ms; at worst ×1.05, below the limit of ×1.30.");
}

TEST(Comparison, ASlowerRequestFailsByName) {
  const Verdict verdict = judged(with_first(2.6), spread_baseline());
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  const ComparisonFinding& worst = verdict.comparisons.front();
  EXPECT_EQ(worst.outcome, Outcome::fail);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.outcome, Outcome::fail);
  EXPECT_LT(p50.p_adjusted, 0.01);
  EXPECT_EQ(p50.explanation, "p50 of GET / rose from 10.0 ms to 26.0 ms (×2.6, limit ×1.14).");
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /list").outcome, Outcome::pass);
}

TEST(Comparison, ARiseBelowHalfOfWhatMattersNeverFails) {
  const Verdict verdict = judged(with_first(1.13), same_boot(10));
  EXPECT_NE(found(verdict, ComparedMetric::p50).outcome, Outcome::fail);
}

TEST(Comparison, DifferencesBelowTheFloorNeverMatter) {
  const std::vector<Level> quick{{"GET /", 0.05, 0.1, 2000}};
  const Verdict verdict = judged(slower(quick, 1.8), made_baseline(quick, 10));
  EXPECT_EQ(verdict.conclusion, Conclusion::passed) << verdict.sentence;
}

TEST(Comparison, OneRunOfAnotherBootSeesADoublingAndSaysWhatItSees) {
  const Baseline one = made_baseline(kShop, 1);
  EXPECT_EQ(judged(slower(kShop, 2.2), one).conclusion, Conclusion::regression);
  const Verdict verdict = judged(with_first(1.1), one);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.outcome, Outcome::inconclusive);
  EXPECT_EQ(p50.cause, Cause::too_noisy);
  EXPECT_NEAR(p50.sees, 0.81, 0.005);
  EXPECT_EQ(p50.explanation,
            "p50 of GET / is undecided (too noisy): it rose from 10.0 ms to 11.0 ms (×1.10); this "
            "comparison sees ×1.81 and more.");
  EXPECT_EQ(p50.advice, "4 more baseline runs, each from another boot (in CI, from another job)");
}

TEST(Comparison, RunsOfTheHeadsOwnBootAreUnits) {
  const Verdict verdict = judged(kShop, same_boot(3));
  EXPECT_EQ(verdict.baseline->units, 3);
  EXPECT_TRUE(verdict.baseline->is_same_boot);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
}

TEST(Comparison, RunsOfOneOtherBootAreOneUnit) {
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < 8; ++i) baseline.runs.push_back(made_stored(kShop, i, "boot of another day"));
  const Verdict verdict = judged(kShop, baseline);
  EXPECT_EQ(verdict.baseline->units, 1);
  EXPECT_FALSE(verdict.baseline->is_same_boot);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).outcome, Outcome::inconclusive);
}

TEST(Comparison, AmongManyBootsThreeRunsOfHeadsOwnAreEnoughToStandAlone) {
  Baseline baseline = spread_baseline(8);
  for (int i = 0; i < 2; ++i) baseline.runs.push_back(made_stored(kShop, 20 + i, "boot of head"));
  EXPECT_EQ(judged(kShop, baseline).baseline->units, 9);
  baseline.runs.push_back(made_stored(kShop, 30, "boot of head"));
  EXPECT_EQ(judged(kShop, baseline).baseline->units, 3);
}

TEST(Comparison, FewRequestsAreWatchedAndTheRarestOnlyShown) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 50});
  levels.push_back({"GET /rarest", 10, 30, 5});
  const Verdict verdict = judged(levels, made_baseline(levels, 10));
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rare").weight, Weight::watched);
  const ComparisonFinding& p95 = found(verdict, ComparedMetric::p95, "GET /rare");
  EXPECT_EQ(p95.weight, Weight::shown);
  EXPECT_EQ(p95.cause, Cause::too_few_requests);
  EXPECT_EQ(p95.explanation,
            "p95 of GET /rare has too few requests in the stored runs to say anything.");
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rarest").weight, Weight::shown);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
}

TEST(Comparison, WatchedRequestsCanFail) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 50});
  const Baseline baseline = made_baseline(levels, 10);
  levels[2].p50_ms = 100;
  const Verdict verdict = judged(levels, baseline);
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rare").outcome, Outcome::fail);
}

TEST(Comparison, AllRequestsTogetherAreJudgedHoweverFew) {
  const std::vector<Level> few{{"GET /", 10, 10.5, 60}};
  const Verdict verdict = judged(few, made_baseline(few, 10));
  const ComparisonFinding& errors =
      found(verdict, ComparedMetric::error_rate, std::string(metrics::kAllRequests));
  EXPECT_EQ(errors.weight, Weight::deciding);
  EXPECT_EQ(errors.outcome, Outcome::inconclusive);
  EXPECT_EQ(errors.cause, Cause::too_few_requests);
  EXPECT_EQ(errors.advice, "longer stages or more users: 60 stored and 60 new requests are few");
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
}

TEST(Comparison, MoreErrorsFailWhereTheyAreMoreThanHalfAPoint) {
  const Verdict verdict = judged(with_first(1, 60), spread_baseline());
  const ComparisonFinding& errors = found(verdict, ComparedMetric::error_rate);
  EXPECT_EQ(errors.outcome, Outcome::fail);
  EXPECT_NEAR(errors.change, 0.03, 1e-12);
  EXPECT_EQ(errors.explanation,
            "error rate of GET / rose from 0 % to 3.0 % (+3 points, limit +0.5 points).");
  EXPECT_EQ(found(judged(with_first(1, 8), spread_baseline()), ComparedMetric::error_rate).outcome,
            Outcome::pass);
}

TEST(Comparison, ErrorsThatComeInBurstsNeedMoreToFail) {
  // Half of the stored runs lost 80 of 2000, the others none: 2 % on average.
  Baseline bursts{"baselines/shop", {}};
  for (int i = 0; i < 10; ++i) {
    bursts.runs.push_back(made_stored(with_first(1, i % 2 == 0 ? 80 : 0), i, std::to_string(i)));
  }
  const Verdict verdict = judged(with_first(1, 90), bursts);
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate).outcome, Outcome::inconclusive);
  // As many failures against even ones would fail.
  Baseline even{"baselines/shop", {}};
  for (int i = 0; i < 10; ++i) {
    even.runs.push_back(made_stored(with_first(1, 40), i, std::to_string(i)));
  }
  EXPECT_EQ(found(judged(with_first(1, 90), even), ComparedMetric::error_rate).outcome,
            Outcome::fail);
}

TEST(Comparison, ThroughputOfASaturatedStageFailsWhenItFalls) {
  const auto saturated = [](double per_second) {
    metrics::RunResult run =
        made_run({{"GET /", 10, 30, static_cast<std::uint64_t>(per_second * 60)}});
    run.judging.stages[1].is_saturated = true;
    return run;
  };
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < 10; ++i) {
    metrics::RunDigest digest = metrics::digest_of(saturated(500));
    digest.environment.boot = std::to_string(i);
    baseline.runs.push_back(digest);
  }
  const Verdict verdict = judge(saturated(300), baseline);
  const ComparisonFinding& throughput =
      found(verdict, ComparedMetric::throughput, std::string(metrics::kAllRequests));
  EXPECT_EQ(throughput.outcome, Outcome::fail);
  EXPECT_NEAR(throughput.change, 0.4, 1e-3);
  EXPECT_EQ(throughput.explanation,
            "throughput of all requests fell from 500/s to 300/s (×0.60, limit ×0.88).");
  EXPECT_EQ(judge(saturated(500), baseline).conclusion, Conclusion::passed);
}

TEST(Comparison, WaitingUsersHaveNoThroughputToCompare) {
  for (const ComparisonFinding& one : judged(kShop, spread_baseline()).comparisons) {
    EXPECT_NE(one.metric, ComparedMetric::throughput);
  }
}

TEST(Comparison, TakenCpuTimeLeavesLatencyUndecidedButNotErrors) {
  metrics::RunResult run = made_run(slower(with_first(1, 200), 3));
  run.health.steal_share = 0.08;
  const Verdict verdict = judge(run, spread_baseline());
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.outcome, Outcome::inconclusive);
  EXPECT_EQ(p50.cause, Cause::environment);
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate).outcome, Outcome::fail);
}

TEST(Comparison, IgnoredRequestsAreLeftOut) {
  metrics::RunResult run = made_run(with_first(5));
  run.judging.gate.ignored_requests = {"GET /", std::string(metrics::kAllRequests)};
  const Verdict verdict = judge(run, spread_baseline());
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  for (const ComparisonFinding& one : verdict.comparisons) EXPECT_EQ(one.request, "GET /list");
}

TEST(Comparison, ARequestWithAnotherLoadIsOnlyShown) {
  metrics::RunResult run = made_run(kShop);
  run.judging.requests[0].load_hash = "changed";
  const Verdict verdict = judge(run, spread_baseline());
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.weight, Weight::shown);
  EXPECT_EQ(p50.cause, Cause::no_matching_baseline);
  EXPECT_EQ(p50.explanation,
            "p50 of GET / has no stored run with the same load, so it is only shown.");
  EXPECT_EQ(found(verdict, ComparedMetric::p50, std::string(metrics::kAllRequests)).weight,
            Weight::shown);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /list").outcome, Outcome::pass);
}

TEST(Comparison, ARenamedRequestKeepsItsBaseline) {
  metrics::RunResult run = made_run(with_first(2.6));
  run.judging.requests[0].text = "GET /home";
  run.judging.requests[0].was = "GET /";
  const Verdict verdict = judge(run, spread_baseline());
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /home").outcome, Outcome::fail);
}

TEST(Comparison, UnlikeLoadsAreNeverCompared) {
  metrics::RunResult run = made_run(slower(kShop, 3));
  run.judging.stages[1].load_hash = "changed";
  const Verdict verdict = judge(run, spread_baseline());
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_TRUE(verdict.comparisons.empty());
  EXPECT_EQ(verdict.baseline->note,
            "The load of this plan is not that of the stored runs, so nothing can be compared: "
            "make new ones with \"loadgate baseline record shop.yaml --runs 5\".");
}

TEST(Comparison, UnlikeMachinesAreNeverCompared) {
  Baseline baseline = spread_baseline();
  for (metrics::RunDigest& run : baseline.runs) run.environment.cpu_model = "Intel Xeon";
  const Verdict verdict = judged(slower(kShop, 3), baseline);
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(verdict.baseline->runs_found, 10);
  EXPECT_EQ(verdict.baseline->runs_matching, 0);
  EXPECT_THAT(verdict.baseline->note,
              HasSubstr("None of the 10 stored runs comes from a machine like this one (AMD EPYC "
                        "7B13"));
  EXPECT_EQ(verdict.sentence, "Inconclusive: " + verdict.baseline->note);
}

TEST(Comparison, AnEmptyBaselineSaysHowToMakeOne) {
  const Verdict verdict = judged(kShop, Baseline{"baselines/shop", {}});
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(verdict.baseline->note,
            "There is no stored run in baselines/shop: make some with \"loadgate baseline record "
            "shop.yaml --runs 5\".");
}

TEST(Comparison, NamesTheStoredRunsItUsed) {
  Baseline baseline = spread_baseline(3);
  baseline.runs[1].commit = baseline.runs[0].commit;
  const Verdict verdict = judged(kShop, baseline);
  EXPECT_EQ(verdict.baseline->oldest, "2026-11-22T03:04:05Z");
  EXPECT_EQ(verdict.baseline->newest, "2026-11-22T03:06:05Z");
  EXPECT_THAT(verdict.baseline->commits, ElementsAre("commit 2", "commit 0"));
}

TEST(Comparison, ARequestThatIsNeverAnsweredIsNotCalledQuick) {
  metrics::RunResult run = made_run(with_first(1, 2000));
  run.series[0].held.response_times = metrics::Histogram();
  const Verdict verdict = judge(run, spread_baseline());
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.outcome, Outcome::inconclusive);
  EXPECT_EQ(p50.explanation, "p50 of GET / could not be compared: no request was answered.");
  EXPECT_EQ(p50.advice, "a run in which these requests are answered");
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
}

TEST(Comparison, NamesTheStageWhereThereAreSeveral) {
  const auto two_stages = [](double factor) {
    metrics::RunResult run = made_run(kShop);
    run.judging.stages.push_back(made_stage("spike", 70, 130));
    run.series.push_back(made_series({"GET /", 10 * factor, 30 * factor, 2000}, 2, 0));
    return run;
  };
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < 10; ++i) {
    baseline.runs.push_back(metrics::digest_of(two_stages(1)));
    baseline.runs.back().environment.boot = std::to_string(i);
  }
  EXPECT_THAT(judge(two_stages(3), baseline).comparisons.front().explanation,
              HasSubstr("of GET / in stage spike rose from"));
}

// A run whose service spent so much on each request.
metrics::RunResult with_cpu(metrics::RunResult run, double cpu_ms) {
  const auto spent = from_seconds(cpu_ms / 1e3) * 4000;
  const auto& held = run.judging.stages[1].held;
  run.services = {
      {.name = "service", .points = {{.at = held.from}, {.at = held.to, .cpu = spent}}}};
  return run;
}

Baseline baseline_with_cpu(double cpu_ms) {
  Baseline baseline = spread_baseline();
  for (std::size_t i = 0; i < baseline.runs.size(); ++i) {
    const double factor = 1 + 0.01 * static_cast<double>(i % 3);
    const std::string boot = baseline.runs[i].environment.boot;
    baseline.runs[i] = metrics::digest_of(with_cpu(made_run(kShop, boot), cpu_ms * factor));
  }
  return baseline;
}

TEST(Comparison, MoreCpuForTheSameRequestsFailsFirst) {
  const Verdict verdict = judge(with_cpu(made_run(kShop), 2.6), baseline_with_cpu(2));
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  const ComparisonFinding& first = verdict.comparisons.front();
  EXPECT_EQ(first.metric, ComparedMetric::cpu_per_request);
  EXPECT_EQ(first.request, metrics::kAllRequests);
  EXPECT_EQ(first.explanation,
            "CPU per request of all requests rose from 2.02 ms to 2.60 ms (×1.29, limit ×1.10).");
  EXPECT_EQ(judge(with_cpu(made_run(kShop), 2.05), baseline_with_cpu(2)).conclusion,
            Conclusion::passed);
}

TEST(Comparison, StolenTimeHidesNoCpu) {
  metrics::RunResult run = with_cpu(made_run(kShop), 2.6);
  run.health.steal_share = 0.08;
  const Verdict verdict = judge(run, baseline_with_cpu(2));
  EXPECT_EQ(verdict.comparisons.front().metric, ComparedMetric::cpu_per_request);
  EXPECT_EQ(verdict.comparisons.front().outcome, Outcome::fail);
}

TEST(Comparison, AFewMicrosecondsOfCpuNeverMatter) {
  EXPECT_EQ(judge(with_cpu(made_run(kShop), 0.025), baseline_with_cpu(0.01)).conclusion,
            Conclusion::passed);
}

TEST(Comparison, CpuThatNoStoredRunHasIsOnlyShown) {
  const Verdict verdict = judge(with_cpu(made_run(kShop), 2), spread_baseline());
  const ComparisonFinding& cpu =
      found(verdict, ComparedMetric::cpu_per_request, std::string(metrics::kAllRequests));
  EXPECT_EQ(cpu.weight, Weight::shown);
  EXPECT_EQ(cpu.explanation,
            "CPU per request of all requests was not measured in a stored run with the same load, "
            "so it is only shown.");
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
}

TEST(Comparison, ARequestThatGotFasterIsHeldAgainstItsNewLevel) {
  Baseline baseline = made_baseline(kShop, 6);
  for (int i = 6; i < 12; ++i) {
    std::vector<Level> levels = kShop;
    levels[1].p50_ms = 20 + 0.1 * (i % 3);
    baseline.runs.push_back(made_stored(levels, i, "boot " + std::to_string(i)));
  }
  const Verdict verdict = judged(kShop, baseline);  // As it was before.
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50, "GET /list");
  EXPECT_EQ(p50.outcome, Outcome::fail);
  EXPECT_EQ(p50.baseline_runs, 6);
  EXPECT_EQ(found(verdict, ComparedMetric::p95, "GET /list").baseline_runs, 12);
  EXPECT_THAT(verdict.baseline->remarks,
              Contains("p50 of GET /list and 1 more got better on the way: the newest 6 runs count "
                       "alone there."));
}

TEST(Comparison, RunsBeforeAnAcceptedOneNoLongerCount) {
  Baseline baseline = made_baseline(kShop, 10);
  for (int i = 10; i < 13; ++i) {
    baseline.runs.push_back(made_stored(slower(kShop, 2), i, "boot " + std::to_string(i)));
  }
  baseline.runs[10].accepted = "taxes are worked out now";
  const Verdict verdict = judged(slower(kShop, 2), baseline);
  EXPECT_EQ(verdict.baseline->runs_matching, 3);
  EXPECT_NEAR(found(verdict, ComparedMetric::p50).change, 0, 1e-9);
  EXPECT_THAT(verdict.baseline->remarks,
              Contains("A slower level was accepted on 2026-11-22 (taxes are worked out now): "
                       "older runs do not count."));
  EXPECT_EQ(of_environment(baseline, baseline.runs[0].environment).runs.size(), 3U);
}

TEST(Comparison, AcceptanceOnAnotherMachineAsksForRunsOfThisOne) {
  Baseline baseline = made_baseline(kShop, 3);
  metrics::RunDigest accepted = made_stored(slower(kShop, 2), 5, "boot elsewhere");
  accepted.environment.cpu_model = "Intel Xeon";
  accepted.accepted = "taxes are worked out now";
  baseline.runs.push_back(accepted);
  EXPECT_EQ(judged(slower(kShop, 2), baseline).baseline->note,
            "The stored runs of machines like this one are older than the slower level that was "
            "accepted: make new ones with \"loadgate baseline record shop.yaml --runs 5\".");
}

TEST(Comparison, WhereThereAreSuspectsTheyAloneAreJudged) {
  metrics::RunResult run = made_run(slower(kShop, 3));
  run.suspects = {{"peak", "GET /", "p50"}};
  const Verdict verdict = judge(run, spread_baseline());
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(verdict.comparisons.front().request, "GET /");
  const ComparisonFinding& other = found(verdict, ComparedMetric::p50, "GET /list");
  EXPECT_EQ(other.weight, Weight::shown);
  EXPECT_EQ(other.explanation,
            "p50 of GET /list rose from 40.0 ms to 120 ms (×3.0); it is no suspect, so it is only "
            "shown.");
  // With one to judge it sees less than with all.
  EXPECT_LT(verdict.comparisons.front().p_adjusted,
            found(judged(slower(kShop, 3), spread_baseline()), ComparedMetric::p50).p_adjusted);
}

}  // namespace
}  // namespace loadgate::gate
