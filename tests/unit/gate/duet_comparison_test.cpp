#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "base/random.h"
#include "gate/judge.h"
#include "made_duet.h"

namespace loadgate::gate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<Level> kShop{{"GET /", 10, 30, 1000}, {"GET /list", 40, 90, 1000}};
const std::string kAll(metrics::kAllRequests);

Verdict judged(const MakeSide& make, std::uint32_t epochs = 6) {
  return judge(made_duet(epochs, make), std::nullopt);
}

// Head alone differs, by what is done to its levels.
MakeSide head_with(std::vector<Level> levels, std::function<void(std::vector<Level>&)> change) {
  return [levels, change](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(levels)(epoch, side);
    if (side == metrics::Side::head) change(made.levels);
    return made;
  };
}

MakeSide with_failures(std::uint64_t base, std::uint64_t head) {
  return [=](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    made.levels[0].failures = side == metrics::Side::head ? head : base;
    return made;
  };
}

// Epochs of head that swing between two factors.
MakeSide swinging(double low, double high, std::vector<Level> levels = kShop) {
  return [=](std::uint32_t epoch, metrics::Side side) {
    if (side == metrics::Side::base) return MadeSide{levels};
    return MadeSide{slower(levels, epoch % 2 == 0 ? high : low)};
  };
}

int badness(Outcome outcome) {
  return outcome == Outcome::pass ? 0 : outcome == Outcome::inconclusive ? 1 : 2;
}

TEST(DuetComparison, LikeWithLikePassesAndSaysHowBadItCouldBe) {
  const Verdict verdict = judged(slower_head(kShop));
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  EXPECT_EQ(verdict.sentence,
            "Passed: no regression against main (3f2a9c1) in 6 epochs side by side.");
  EXPECT_FALSE(verdict.baseline);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.weight, Weight::deciding);
  EXPECT_EQ(p50.epochs, 6);
  EXPECT_EQ(p50.requests, 6000U);
  EXPECT_EQ(p50.stage, "peak");
  EXPECT_NEAR(p50.pass_line, 0.1, 1e-9);
  EXPECT_NEAR(p50.fail_line, std::sqrt(1.1) - 1, 1e-9);
  EXPECT_EQ(p50.explanation,
            "p50 of GET / fell from 10.0 ms to 9.98 ms (×1.00); at worst ×1.01, below the limit of "
            "×1.10.");
  EXPECT_EQ(p50.advice, "");
}

TEST(DuetComparison, NamesTheRequestThatGotSlower) {
  const Verdict verdict = judged(head_with(kShop, [](auto& head) { head[1].p95_ms *= 1.5; }));
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(
      verdict.sentence,
      "Regression: p95 of GET /list rose from 90.0 ms to 135 ms (×1.50), and 2 more, 6 epochs "
      "side by side.");
  EXPECT_EQ(found(verdict, ComparedMetric::p95).outcome, Outcome::pass);
}

TEST(DuetComparison, ComparesCpuOfAllRequestsTogether) {
  const Verdict same = judged(slower_head(kShop));
  const ComparisonFinding& passed = found(same, ComparedMetric::cpu_per_request, kAll);
  EXPECT_EQ(passed.outcome, Outcome::pass);
  EXPECT_EQ(passed.weight, Weight::deciding);
  EXPECT_NEAR(passed.base / 1e6, 2, 0.001);
  const Verdict slow = judged(slower_head(kShop, 1, 1.2));
  EXPECT_EQ(slow.sentence,
            "Regression: CPU per request of all requests rose from 2.00 ms to 2.40 ms (×1.20), 6 "
            "epochs side by side.");
}

TEST(DuetComparison, SaysThatCpuWasNotMeasured) {
  const auto unwatched = [](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    made.cpu_ms = 0;
    return made;
  };
  metrics::RunResult run = made_duet(6, unwatched);
  for (metrics::Epoch& epoch : run.duet->epochs) epoch.base.use.trouble = "nobody listens on 80";
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  for (const ComparisonFinding& one : verdict.comparisons) {
    EXPECT_NE(one.metric, ComparedMetric::cpu_per_request);
  }
  EXPECT_THAT(verdict.duet->remarks,
              ElementsAre("CPU time was not measured in every epoch: nobody listens on 80."));
}

TEST(DuetComparison, ARiseBelowHalfOfWhatMattersNeverFails) {
  EXPECT_EQ(judged(slower_head(kShop, 1.04), 20).conclusion, Conclusion::passed);
  EXPECT_NE(judged(slower_head({{"GET /", 10, 30, 1000}}, 1.045, 1.045), 20).conclusion,
            Conclusion::regression);
}

TEST(DuetComparison, DifferencesBelowTheFloorNeverMatter) {
  const std::vector<Level> quick{{"GET /", 0.1, 0.15, 2000}};
  EXPECT_EQ(judged(slower_head(quick, 1.8)).conclusion, Conclusion::passed);
  const auto little_cpu = [&](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    made.cpu_ms = side == metrics::Side::head ? 0.06 : 0.05;
    return made;
  };
  EXPECT_EQ(judged(little_cpu).conclusion, Conclusion::passed);
}

TEST(DuetComparison, WeightsFollowTheRequestsOfBaseInTheFirstSixEpochs) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 50});
  levels.push_back({"GET /rarest", 10, 30, 5});
  const auto more_later = [&](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = swinging(1, 1.5, levels)(epoch, side);
    if (epoch >= 6) made.levels[3].requests = 5000;
    return made;
  };
  const Verdict verdict = judged(more_later, 20);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).epochs, 20);
  EXPECT_EQ(found(verdict, ComparedMetric::p95).weight, Weight::deciding);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rare").weight, Weight::watched);
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate, "GET /rare").weight, Weight::watched);
  const ComparisonFinding& p95 = found(verdict, ComparedMetric::p95, "GET /rare");
  EXPECT_EQ(p95.weight, Weight::shown);
  EXPECT_EQ(p95.explanation, "p95 of GET /rare has too few requests in an epoch to say anything.");
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rarest").weight, Weight::shown);
}

// Times of each request from 1 to 100 ms, evenly on a log axis.
metrics::Histogram wide_times(std::uint64_t count) {
  metrics::Histogram times;
  for (std::uint64_t i = 0; i < count; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    times.record(from_seconds(1e-3 * std::pow(100, share)));
  }
  return times;
}

TEST(DuetComparison, ARequestWhoseTimesSpreadTooWidelyToTellOnlyWatches) {
  metrics::RunResult run =
      made_duet(6, slower_head({{"GET /few", 10, 30, 500}, {"GET /many", 10, 30, 50'000}}));
  for (metrics::Epoch& epoch : run.duet->epochs) {
    for (metrics::EpochSide* side : {&epoch.base, &epoch.head}) {
      for (metrics::Series& series : side->series) {
        series.held.response_times = wide_times(series.held.requests);
      }
    }
  }
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /few").weight, Weight::watched);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /many").weight, Weight::deciding);
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate, "GET /few").weight, Weight::deciding);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, kAll).weight, Weight::deciding);
}

// Epochs of one request, whose times are yet to be set.
metrics::RunResult duet_of_one(std::uint32_t epochs = 6) {
  return made_duet(epochs, [](std::uint32_t, metrics::Side) {
    return MadeSide{{{"GET /", 10, 10, 1000}}};
  });
}

TEST(DuetComparison, ASecondThatWasBadForBothIsNotTheP95OfHead) {
  const auto slow = [](metrics::Side side) { return side == metrics::Side::head ? 150.0 : 100.0; };
  const auto make = [&](std::uint32_t, metrics::Side side) {
    return MadeSide{{{"GET /", 10, slow(side), 1000}}};
  };
  metrics::RunResult run = made_duet(6, make);
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::regression);
  set_seconds(run, [&](metrics::Side side, std::uint32_t, std::uint32_t second) {
    return made_times({{second == 5 ? slow(side) : 10, 150}});
  });
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::passed);
}

TEST(DuetComparison, APathThatFewRequestsWaitInIsSeenByP99Alone) {
  metrics::RunResult run = duet_of_one();
  set_seconds(run, [](metrics::Side side, std::uint32_t, std::uint32_t) {
    return made_times({{10, 118}, {side == metrics::Side::head ? 160.0 : 20.0, 2}});
  });
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(found(verdict, ComparedMetric::p95).outcome, Outcome::pass);
  const ComparisonFinding& p99 = found(verdict, ComparedMetric::p99, kAll);
  EXPECT_EQ(p99.outcome, Outcome::fail);
  EXPECT_EQ(p99.weight, Weight::watched);
  EXPECT_NEAR(p99.change, 7, 0.01);
}

TEST(DuetComparison, NoPassWaitsForP99) {
  metrics::RunResult run = duet_of_one();
  set_seconds(run, [](metrics::Side side, std::uint32_t epoch, std::uint32_t) {
    const bool is_slow = (side == metrics::Side::head) == (epoch % 2 == 0);
    return made_times({{10, 118}, {is_slow ? 160.0 : 20.0, 2}});
  });
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  const ComparisonFinding& p99 = found(verdict, ComparedMetric::p99, kAll);
  EXPECT_EQ(p99.outcome, Outcome::inconclusive);
  EXPECT_EQ(p99.cause, Cause::too_noisy);
}

TEST(DuetComparison, P99OfFewRequestsIsShown) {
  metrics::RunResult run = duet_of_one();
  set_seconds(run, [](metrics::Side side, std::uint32_t, std::uint32_t) {
    return made_times({{10, 48}, {side == metrics::Side::head ? 160.0 : 20.0, 2}});
  });
  const Verdict verdict = judge(run, std::nullopt);
  const ComparisonFinding& p99 = found(verdict, ComparedMetric::p99, kAll);
  EXPECT_EQ(p99.weight, Weight::shown);
  EXPECT_EQ(p99.explanation,
            "p99 of all requests has too few requests in an epoch to say anything.");
}

TEST(DuetComparison, ADuetFromBeforeP99WasComparedIsJudgedWithoutIt) {
  metrics::RunResult run = duet_of_one();
  run.judging.gate.duet.p99.reset();
  set_seconds(run, [](metrics::Side side, std::uint32_t, std::uint32_t) {
    return made_times({{10, 118}, {side == metrics::Side::head ? 160.0 : 20.0, 2}});
  });
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::passed);
}

TEST(DuetComparison, WatchedRequestsCanFail) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 50});
  const Verdict verdict = judged(head_with(levels, [](auto& head) { head[2].p50_ms = 100; }));
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /rare").outcome, Outcome::fail);
}

TEST(DuetComparison, ARareRequestThatBreaksFails) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /rare", 10, 30, 12});
  const Verdict verdict = judged(head_with(levels, [](auto& head) { head[2].failures = 12; }));
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate, "GET /rare").outcome, Outcome::fail);
}

TEST(DuetComparison, SaysHowManyEpochsWouldSettleIt) {
  const Verdict verdict = judged(swinging(0.92, 1.12));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
  EXPECT_EQ(p50.cause, Cause::too_noisy);
  EXPECT_EQ(p50.advice, "about 4 more epochs, 39s");
  EXPECT_THAT(p50.explanation, HasSubstr("p50 of GET / is undecided (too noisy): it rose from"));
  EXPECT_THAT(p50.explanation, HasSubstr("this comparison sees ×"));
}

TEST(DuetComparison, SaysHowToAskForMoreEpochsThanWerePlanned) {
  const auto advice_of = [](std::uint32_t most_epochs) {
    return found(judge(made_duet(6, swinging(0.92, 1.12), most_epochs), std::nullopt),
                 ComparedMetric::p50)
        .advice;
  };
  EXPECT_EQ(advice_of(6), "about 4 more epochs, 39s (`--epochs 10`)");
  EXPECT_EQ(advice_of(10), "about 4 more epochs, 39s");
}

TEST(DuetComparison, SaysThatMoreEpochsThanADuetHasWouldSettleIt) {
  const Verdict longest = judge(made_duet(20, swinging(0.7, 1.5), 60), std::nullopt);
  EXPECT_THAT(found(longest, ComparedMetric::p50).advice,
              HasSubstr("which is more than the 20 of a duet: a quieter machine"));
  const ComparisonFinding p50 = found(judged(swinging(0.7, 1.5), 20), ComparedMetric::p50);
  EXPECT_EQ(p50.outcome, Outcome::inconclusive);
  EXPECT_THAT(p50.advice, HasSubstr("which is more than the 20 of a duet: a quieter machine"));
}

TEST(DuetComparison, SaysThatMoreEpochsWouldNotHelp) {
  const ComparisonFinding p50 = found(judged(swinging(0.3, 3), 20), ComparedMetric::p50);
  EXPECT_EQ(p50.advice,
            "more epochs would not help: a quieter machine, a higher `duet: rate` or a larger "
            "`gate: detect: duet`");
}

TEST(DuetComparison, WithoutRestartsTheLuckOfOneStartIsPartOfTheError) {
  const auto verdict_of = [](plan::Restart restart) {
    metrics::RunResult run = made_duet(6, slower_head(kShop, 1.055));
    run.duet->restart = restart;
    return judge(run, std::nullopt);
  };
  const Verdict with = verdict_of(plan::Restart::each_epoch);
  const Verdict without = verdict_of(plan::Restart::never);
  EXPECT_EQ(with.conclusion, Conclusion::regression);
  EXPECT_EQ(without.conclusion, Conclusion::inconclusive);
  EXPECT_THAT(without.duet->remarks,
              ElementsAre("Neither side was restarted, so the luck of one start counts as 2 % of "
                          "error."));
  const auto error_of = [](const Verdict& verdict) {
    return verdict.duet->looks.front().comparisons.front().error;
  };
  EXPECT_NEAR(std::pow(error_of(without), 2) - std::pow(error_of(with), 2), 0.02 * 0.02, 1e-9);
}

TEST(DuetComparison, MoreErrorsFailWhereTheyAreHalfAPointMore) {
  const Verdict verdict = judged(with_failures(0, 15));
  const ComparisonFinding& errors = found(verdict, ComparedMetric::error_rate);
  EXPECT_EQ(errors.outcome, Outcome::fail);
  EXPECT_EQ(verdict.sentence,
            "Regression: error rate of GET / rose from 0 % to 1.5 % (+1.5 points), and 1 more, 6 "
            "epochs side by side.");
  EXPECT_EQ(found(judged(with_failures(1, 2)), ComparedMetric::error_rate).outcome, Outcome::pass);
}

TEST(DuetComparison, ErrorsOfTwoEpochsAloneDoNotFail) {
  const auto bursts = [](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    if (side == metrics::Side::head && epoch < 2) made.levels[0].failures = 100;
    return made;
  };
  EXPECT_EQ(found(judged(bursts), ComparedMetric::error_rate).outcome, Outcome::inconclusive);
}

TEST(DuetComparison, GuardsKeepResponseTimesFromPassingAndNothingElse) {
  struct Row {
    MadeMachine machine;
    std::string remark;
  };
  for (const Row& row :
       {Row{{.busy = 0.5, .stolen = 0.08}, "other guests of the host took 8.0 % of the CPU time"},
        Row{{.busy = 0.9}, "the machine was 90 % busy, not counting what head added"},
        Row{{.busy = 0.7, .pressure = 0.7}, "something waited for a CPU 70 % of the time"}}) {
    metrics::RunResult run = made_duet(6, slower_head(kShop));
    for (metrics::Epoch& epoch : run.duet->epochs) epoch.machine = made_machine(row.machine);
    const Verdict verdict = judge(run, std::nullopt);
    EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
    EXPECT_THAT(verdict.duet->remarks,
                ElementsAre("Response times cannot pass: " + row.remark + "."));
    const ComparisonFinding& p50 = found(verdict, ComparedMetric::p50);
    EXPECT_EQ(p50.cause, Cause::environment);
    EXPECT_EQ(p50.advice,
              "another duet when the machine is left alone, or at a lower `duet: rate`");
    EXPECT_EQ(found(verdict, ComparedMetric::cpu_per_request, kAll).outcome, Outcome::pass);
    EXPECT_EQ(found(verdict, ComparedMetric::error_rate).outcome, Outcome::pass);
  }
}

TEST(DuetComparison, GuardsNeverHideAFailure) {
  metrics::RunResult run = made_duet(6, slower_head(kShop, 1.5));
  for (metrics::Epoch& epoch : run.duet->epochs) epoch.machine = made_machine({.busy = 0.95});
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::regression);
}

TEST(DuetComparison, AMachineThatOnlyHeadMakesBusyIsNotTheEnvironments) {
  // Base takes 4 s of 12 and head 8 s more than that.
  const auto hungry = [](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    made.cpu_ms = side == metrics::Side::head ? 4 : 2;
    return made;
  };
  metrics::RunResult run = made_duet(6, hungry);
  for (metrics::Epoch& epoch : run.duet->epochs) epoch.machine = made_machine({.busy = 0.9});
  EXPECT_THAT(judge(run, std::nullopt).duet->remarks, ElementsAre());
}

TEST(DuetComparison, OneCrowdedEpochIsNoGuard) {
  metrics::RunResult run = made_duet(6, slower_head(kShop));
  for (int i = 0; i < 2; ++i)
    run.duet->epochs[i].machine = made_machine({.busy = 1, .stolen = 0.5});
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::passed);
}

TEST(DuetComparison, SpoiltEpochsDoNotCount) {
  const auto slow_when_spoilt = [](std::uint32_t epoch, metrics::Side side) {
    return slower_head(kShop, epoch % 3 == 0 ? 5 : 1)(epoch, side);
  };
  metrics::RunResult run = made_duet(9, slow_when_spoilt);
  for (std::size_t i = 0; i < 9; i += 3) run.duet->epochs[i].spoilt = "requests were sent late.";
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed) << verdict.sentence;
  EXPECT_EQ(verdict.duet->epochs, 6);
  EXPECT_EQ(verdict.duet->spoilt, 3);
  EXPECT_THAT(
      verdict.duet->remarks,
      ElementsAre("3 of 9 epochs do not count, the last of these: requests were sent late."));
}

TEST(DuetComparison, WhatOnlyHeadKnowsIsShownAndNoPartOfAllRequests) {
  std::vector<Level> levels = kShop;
  levels.push_back({"GET /new", 500, 900, 1000});
  const auto base_knows_not = [&](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(levels)(epoch, side);
    if (side == metrics::Side::base) made.levels[2] = {"GET /new", 1, 1, 1000, 1000};
    made.cpu_ms = side == metrics::Side::base ? 1 : 10;
    return made;
  };
  const Verdict verdict = judged(base_knows_not);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed) << verdict.sentence;
  for (const ComparedMetric metric :
       {ComparedMetric::p50, ComparedMetric::p95, ComparedMetric::error_rate}) {
    const ComparisonFinding& shown = found(verdict, metric, "GET /new");
    EXPECT_EQ(shown.weight, Weight::shown);
    EXPECT_EQ(shown.cause, Cause::only_head_knows);
  }
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /new").explanation,
            "p50 of GET /new is only shown: base does not answer this request.");
  const ComparisonFinding& cpu = found(verdict, ComparedMetric::cpu_per_request, kAll);
  EXPECT_EQ(cpu.weight, Weight::shown);
  EXPECT_EQ(cpu.explanation,
            "CPU per request of all requests is only shown: base does not answer each of them.");
  EXPECT_EQ(found(verdict, ComparedMetric::p95, kAll).requests, 12000U);
  EXPECT_THAT(verdict.duet->remarks,
              ElementsAre("Base does not answer GET /new: it is shown, not compared."));
}

TEST(DuetComparison, WhatNeitherSideAnswersIsShownAndNoPartOfAllRequests) {
  const Verdict verdict = judged(with_failures(950, 900));
  EXPECT_EQ(verdict.conclusion, Conclusion::passed) << verdict.sentence;
  for (const ComparedMetric metric :
       {ComparedMetric::p50, ComparedMetric::p95, ComparedMetric::error_rate}) {
    const ComparisonFinding& shown = found(verdict, metric);
    EXPECT_EQ(shown.weight, Weight::shown);
    EXPECT_EQ(shown.cause, Cause::neither_answers);
  }
  EXPECT_EQ(found(verdict, ComparedMetric::p50).explanation,
            "p50 of GET / is only shown: neither side answers this request as expected.");
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate, kAll).requests, 6000U);
  EXPECT_EQ(found(verdict, ComparedMetric::cpu_per_request, kAll).weight, Weight::deciding);
  EXPECT_THAT(verdict.duet->remarks,
              ElementsAre("Neither side answers GET / as expected: it is shown, not compared."));
  EXPECT_EQ(found(judged(with_failures(890, 890)), ComparedMetric::error_rate).weight,
            Weight::deciding);
}

TEST(DuetComparison, BuildsThatBothRefuseEverythingArePassedByNoGate) {
  const auto refusing = [](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    for (Level& level : made.levels) level.failures = level.requests;
    return made;
  };
  for (const std::uint32_t epochs : {1U, 6U}) {
    const Verdict verdict = judged(refusing, epochs);
    EXPECT_EQ(verdict.conclusion, Conclusion::invalid);
    EXPECT_EQ(verdict.sentence,
              "Invalid run: no request was answered as expected on either side, so there is "
              "nothing to compare: `loadgate try` shows what the service answers to the plan.");
  }
  const Verdict verdict = judged(refusing);
  for (const ComparisonFinding& one : verdict.comparisons) EXPECT_EQ(one.weight, Weight::shown);
  EXPECT_EQ(found(verdict, ComparedMetric::cpu_per_request, kAll).explanation,
            "CPU per request of all requests is only shown: neither side answers any of them as "
            "expected.");
  metrics::RunResult run = made_duet(1, refusing);
  run.duet->epochs[0].head.died = "it was ended by signal 11";
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::regression);
  run.duet->epochs[0].head.died = "";
  run.info.aborted = "error_rate < 50% does not hold";
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::threshold_missed);
}

// As when rows of data have run out.
MakeSide empty_from(std::uint32_t first, std::uint64_t requests) {
  return [=](std::uint32_t epoch, metrics::Side side) {
    MadeSide made = slower_head(kShop)(epoch, side);
    if (epoch < first) return made;
    for (Level& level : made.levels) level.requests = requests;
    return made;
  };
}

TEST(DuetComparison, EpochsInWhichHardlyAnythingWasHeldDoNotCount) {
  for (const std::uint64_t requests : {0U, 99U}) {
    const Verdict verdict = judged(empty_from(5, requests), 8);
    EXPECT_EQ(verdict.duet->epochs, 5);
    EXPECT_EQ(verdict.duet->spoilt, 3);
    EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive) << verdict.sentence;
    EXPECT_THAT(verdict.duet->remarks,
                ElementsAre("3 of 8 epochs do not count, the last of these: hardly anything was "
                            "sent while the load was held."));
  }
  EXPECT_EQ(judged(empty_from(5, 101), 8).duet->epochs, 8);
  EXPECT_EQ(judged(empty_from(0, 0), 6).sentence,
            "Invalid run: no request was finished while the load was held, so there is nothing to "
            "compare: see why nothing was sent, or give the plan more rows of data.");
}

TEST(DuetComparison, AnEpochThatOneSideAloneLeftEmptyCounts) {
  const auto silent_head = [](std::uint32_t epoch, metrics::Side side) {
    return empty_from(side == metrics::Side::head ? 5 : 99, 0)(epoch, side);
  };
  EXPECT_EQ(judged(silent_head, 6).duet->epochs, 6);
}

TEST(DuetComparison, WhatHeadNoLongerAnswersFails) {
  const Verdict verdict = judged(head_with(kShop, [](auto& head) { head[1].requests = 0; }));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive) << verdict.sentence;
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /list").outcome, Outcome::inconclusive);
  EXPECT_EQ(found(verdict, ComparedMetric::p50, "GET /list").advice, "answers on both sides");
  EXPECT_EQ(found(verdict, ComparedMetric::error_rate, "GET /list").explanation,
            "error rate of GET /list could not be compared: it was not answered on both sides.");
  EXPECT_EQ(judged(with_failures(0, 1000)).conclusion, Conclusion::regression);
}

TEST(DuetComparison, IgnoredRequestsAreLeftOut) {
  metrics::RunResult run = made_duet(6, head_with(kShop, [](auto& head) { head[0].p50_ms *= 3; }));
  run.judging.gate.ignored_requests = {"GET /", kAll};
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed);
  for (const ComparisonFinding& one : verdict.comparisons) EXPECT_EQ(one.request, "GET /list");
}

TEST(DuetComparison, EachLookIsWrittenDownWithItsShareOfTheRisk) {
  const Verdict verdict = judged(swinging(0.8, 1.3), 20);
  ASSERT_EQ(verdict.duet->looks.size(), 4U);
  std::vector<int> epochs;
  for (const Look& look : verdict.duet->looks) {
    epochs.push_back(look.epochs);
    EXPECT_NEAR(look.level, 0.0025, 1e-12);
    EXPECT_EQ(look.comparisons.size(), 11U);
  }
  EXPECT_THAT(epochs, ElementsAre(6, 10, 14, 20));
  const Looked& p50 = verdict.duet->looks[1].comparisons[1];
  EXPECT_EQ(p50.metric, ComparedMetric::p50);
  EXPECT_EQ(p50.degrees, 9);
  const double half = std::log(1.3 / 0.8) / 2;  // Ten epochs, half of them at each end.
  EXPECT_NEAR(p50.estimate, std::log(1.3 * 0.8) / 2, 2e-3);
  EXPECT_NEAR(p50.error, half * std::sqrt(10.0 / 9) / std::sqrt(10.0), 2e-3);
}

TEST(DuetComparison, FewerThanSixEpochsGiveNoVerdict) {
  const Verdict verdict = judged(slower_head(kShop, 3), 5);
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(verdict.sentence,
            "Inconclusive: a verdict takes 6 epochs, and 5 count; data ran out before there were "
            "enough: give the plan more rows, or use a lower `duet: rate`.");
  metrics::RunResult spoilt = made_duet(6, slower_head(kShop));
  for (metrics::Epoch& epoch : spoilt.duet->epochs) epoch.spoilt = "requests were sent late";
  metrics::join_epochs(spoilt);
  EXPECT_EQ(judge(spoilt, std::nullopt).sentence,
            "Inconclusive: a verdict takes 6 epochs, and none count of 6; use a quieter machine or "
            "a lower `duet: rate`.");
  EXPECT_EQ(judge(made_duet(4, slower_head(kShop), 4), std::nullopt).sentence,
            "Inconclusive: a verdict takes 6 epochs, and 4 count; at most 4 fit into the 3m20s of "
            "a duet: make the start quicker.");
}

TEST(DuetComparison, FewerThanSixEpochsThatWereAskedForAreNoMatterOfTime) {
  const auto sentence_of = [](std::uint32_t epochs) {
    metrics::RunResult run = made_duet(epochs, slower_head(kShop), epochs);
    run.duet->is_fixed = true;
    return judge(run, std::nullopt).sentence;
  };
  EXPECT_EQ(sentence_of(1),
            "Inconclusive: a verdict takes 6 epochs, and 1 was asked for: use `--epochs 6` or "
            "more.");
  EXPECT_EQ(sentence_of(5),
            "Inconclusive: a verdict takes 6 epochs, and 5 were asked for: use `--epochs 6` or "
            "more.");
}

TEST(DuetComparison, OneEpochIsNotSpokenOfAsMany) {
  metrics::RunResult run = made_duet(1, slower_head(kShop));
  run.duet->epochs[0].spoilt = "requests were sent late";
  EXPECT_THAT(judge(run, std::nullopt).duet->remarks,
              ElementsAre("1 of 1 epoch does not count: requests were sent late."));
}

TEST(DuetComparison, AHeadThatDiesIsARegressionAndABaseThatDiesNoVerdict) {
  metrics::RunResult run = made_duet(1, slower_head(kShop));
  run.duet->epochs[0].head.died = "it was ended by signal 11.";
  const Verdict verdict = judge(run, std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::regression);
  EXPECT_EQ(verdict.sentence,
            "Regression: the head build died under load: it was ended by signal 11.");
  run.duet->epochs[0].base.died = "it was ended by signal 9";
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::invalid);
  EXPECT_EQ(judge(run, std::nullopt).sentence,
            "Invalid run: the base build died under load: it was ended by signal 9.");
}

TEST(DuetComparison, ThresholdsAreOfHeadAloneAndRelativeOnesAgainstBase) {
  metrics::RunResult run = made_duet(6, slower_head(kShop, 0.5));
  const auto add = [&](const char* text, const char* request, const char* stage) {
    plan::Threshold& added = run.judging.thresholds.emplace_back(*plan::parse_threshold(text));
    added.request = request;
    added.stage = stage;
  };
  add("p95 < 20ms", "GET /", "");
  add("p95 <= baseline + 10%", "GET /", "peak");
  add("requests_per_second > 10000", "", "");
  add("p95 < 1ms", "GET /", "valley");
  const Verdict verdict = judge(run, std::nullopt);
  ASSERT_EQ(verdict.thresholds.size(), 2U);
  EXPECT_EQ(verdict.thresholds[0].outcome, Outcome::pass);
  EXPECT_NEAR(*verdict.thresholds[0].measured / 1e6, 15, 0.4);
  EXPECT_EQ(verdict.thresholds[1].outcome, Outcome::pass);
  EXPECT_NEAR(verdict.thresholds[1].limit / 1e6, 33, 0.4);
  EXPECT_THAT(verdict.duet->remarks,
              ElementsAre("1 threshold is left out: a duet chooses its own load.",
                          "1 threshold is left out: a duet does not run the stage they are of."));
  EXPECT_EQ(verdict.sentence,
            "Passed: 2 thresholds held, no regression against main (3f2a9c1) in 6 epochs side by "
            "side.");
  run.judging.thresholds = {*plan::parse_threshold("p95 < 1ms")};
  EXPECT_EQ(judge(run, std::nullopt).conclusion, Conclusion::threshold_missed);
}

TEST(DuetComparison, ADuetAgainstItselfPasses) {
  const auto itself = [](std::uint32_t epoch, metrics::Side /*side*/) {
    Random random(epoch);
    return MadeSide{slower(kShop, 0.7 + random.unit()), 1 + random.unit()};
  };
  const Verdict verdict = judged(itself);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed) << verdict.sentence;
  for (const ComparisonFinding& one : verdict.comparisons) EXPECT_NEAR(one.change, 0, 1e-12);
}

// Both sides drawn from a seed; head slower by a factor.
MakeSide drawn(std::uint64_t seed, double factor, double scale = 1) {
  return [=](std::uint32_t epoch, metrics::Side side) {
    Random random(seed * 1000 + epoch * 2 + (side == metrics::Side::head ? 1 : 0));
    std::vector<Level> levels;
    for (int i = 0; i < 7; ++i) {
      const double luck = 0.97 + 0.06 * random.unit();
      const double p50 = scale * (8 + 4 * i) * luck * (side == metrics::Side::head ? factor : 1);
      levels.push_back({"GET /" + std::to_string(i), p50, 3 * p50,
                        static_cast<std::uint64_t>(i == 6 ? 60 : 500), random.below(3)});
    }
    return MadeSide{levels, 2 * scale};
  };
}

TEST(DuetComparison, AWorseCopyNeverScoresBetter) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    int last = 0;
    for (const double factor : {0.5, 0.9, 1.0, 1.03, 1.06, 1.1, 1.15, 1.2, 1.3, 2.0}) {
      const Verdict verdict = judged(drawn(seed, factor), 6);
      int worst = 0;
      for (const ComparisonFinding& one : verdict.comparisons) {
        if (one.metric != ComparedMetric::error_rate) worst = std::max(worst, badness(one.outcome));
      }
      EXPECT_GE(worst, last) << seed << " " << factor;
      last = worst;
    }
    EXPECT_EQ(last, 2);
  }
}

TEST(DuetComparison, SwappingTheSidesOfAFailureNeverFails) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const MakeSide make = drawn(seed, 1.15);
    const auto swapped = [&](std::uint32_t epoch, metrics::Side side) {
      return make(epoch, side == metrics::Side::head ? metrics::Side::base : metrics::Side::head);
    };
    EXPECT_EQ(judged(make).conclusion, Conclusion::regression) << seed;
    EXPECT_NE(judged(swapped, 20).conclusion, Conclusion::regression) << seed;
  }
}

TEST(DuetComparison, ScalingBothSidesChangesNothing) {
  const auto scaled = [](double scale) {
    // Powers of two keep every response time in the same place of its histogram bin.
    metrics::RunResult run = made_duet(10, drawn(3, 1.08, scale));
    run.judging.gate.latency_floor = Nanoseconds(0);
    run.judging.gate.cpu_floor = Nanoseconds(0);
    return judge(run, std::nullopt);
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

TEST(DuetComparison, TheOrderOfSeriesDoesNotMatter) {
  metrics::RunResult run = made_duet(10, drawn(4, 1.05));
  const std::string expected = to_json(judge(run, std::nullopt));
  Random random(5);
  for (int i = 0; i < 5; ++i) {
    for (metrics::Epoch& epoch : run.duet->epochs) {
      for (auto* side : {&epoch.base, &epoch.head}) {
        for (std::size_t at = side->series.size(); at > 1; --at) {
          std::swap(side->series[at - 1], side->series[random.below(at)]);
        }
      }
    }
    EXPECT_EQ(to_json(judge(run, std::nullopt)), expected);
  }
}

TEST(DuetComparison, FailsComeFirstThenTheWeightThenTheName) {
  const Verdict verdict = judged(drawn(6, 1.12), 20);
  const auto is_fail = [](const auto& one) { return one.outcome == Outcome::fail; };
  const auto end = verdict.comparisons.end();
  const auto rest = std::find_if_not(verdict.comparisons.begin(), end, is_fail);
  EXPECT_NE(rest, verdict.comparisons.begin());
  EXPECT_TRUE(std::none_of(rest, end, is_fail));
  const auto order = [](const ComparisonFinding& one) {
    return std::tuple(one.weight, one.request != kAll, one.request, one.metric);
  };
  EXPECT_TRUE(
      std::is_sorted(rest, end, [&](const auto& a, const auto& b) { return order(a) < order(b); }));
}

TEST(DuetComparison, TheRequestFurthestBeyondItsLimitComesFirst) {
  const std::vector<Level> levels{{"GET /a", 20, 60}, {"GET /b", 20, 60}, {"GET /c", 20, 60}};
  const Verdict verdict = judged(head_with(levels, [](auto& head) {
    head[0].p50_ms *= 1.5;
    head[1].p50_ms *= 3;
    head[2].p50_ms *= 2;
  }));
  std::vector<std::string> failed;
  for (const ComparisonFinding& one : verdict.comparisons) {
    if (one.outcome == Outcome::fail && one.metric == ComparedMetric::p50) {
      failed.push_back(one.request);
    }
  }
  EXPECT_THAT(failed, ElementsAre("GET /b", "GET /c", "GET /a", kAll));
  EXPECT_THAT(verdict.sentence, HasSubstr("p50 of GET /b"));
}

TEST(DuetComparison, AVerdictOfADuetComesBackFromJsonByteForByte) {
  Verdict verdict = judged(swinging(0.8, 1.3), 20);
  verdict.duet->is_fixed = true;
  verdict.comparisons.front().cause = Cause::neither_answers;
  const std::string text = to_json(verdict);
  const Result<Verdict> back = parse_verdict(text);
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(to_json(*back), text);
  EXPECT_EQ(back->duet->looks.size(), 4U);
  EXPECT_EQ(back->comparisons.front().epochs, 20);
  EXPECT_EQ(back->comparisons.front().cause, Cause::neither_answers);
  EXPECT_TRUE(back->duet->is_fixed);
}

}  // namespace
}  // namespace loadgate::gate
