#include "gate/pace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;

const std::vector<Level> kShop{{"GET /", 10, 30, 2000}, {"GET /list", 40, 90, 2000}};

// How much longer than usual the machine took over everything; the service beside that; and
// loadgate beside that.
struct Speed {
  double machine = 1, service = 1, loadgate = 1;
};

metrics::RunResult run_at(const Speed& speed) {
  metrics::RunResult run = made_run(slower(kShop, speed.machine * speed.service));
  run.machine.cores = 2;
  run.machine.points = {
      {.at = seconds(0)},
      {.at = seconds(70), .own = from_seconds(4 * speed.machine * speed.loadgate)}};
  return run;
}

// Ten runs of one boot. `swing`: how far the machine's speed goes up and down.
Baseline baseline_of(double swing) {
  constexpr std::array kSwings{0.3, -0.8, 1.0, -0.2, 0.7, -1.0, 0.1, 0.9, -0.6, -0.4};
  Baseline baseline{"baselines/shop", {}};
  for (std::size_t i = 0; i < kSwings.size(); ++i) {
    const double luck = 1 + 0.02 * kSwings[(i + 3) % kSwings.size()];
    baseline.runs.push_back(
        metrics::digest_of(run_at({.machine = 1 + swing * kSwings[i], .service = luck})));
    baseline.runs.back().started += std::chrono::minutes(i);
  }
  return baseline;
}

Verdict judged(const Speed& speed, const Baseline& baseline) {
  return judge(run_at(speed), baseline);
}

TEST(Pace, WhereTheMachineSwingsRunsAreHeldAgainstEachOtherAtItsPace) {
  EXPECT_EQ(judged({.machine = 1.3}, baseline_of(0.2)).conclusion, Conclusion::passed);
  EXPECT_EQ(judged({.machine = 0.75}, baseline_of(0.2)).conclusion, Conclusion::passed);
}

TEST(Pace, SaysThatTheMachineWasSlower) {
  const Verdict verdict = judged({.machine = 1.3}, baseline_of(0.2));
  EXPECT_THAT(verdict.baseline->remarks,
              Contains(HasSubstr("1.3 × as much CPU time on a request as in the stored runs, so "
                                 "the machine was slower")));
  EXPECT_NEAR(found(verdict, ComparedMetric::p50).base / 1e6, 13, 0.3);
  EXPECT_TRUE(judged({}, baseline_of(0.2)).baseline->remarks.empty());
}

TEST(Pace, ASlowerServiceIsFoundWhateverTheMachineDoes) {
  for (const double machine : {0.9, 1.0, 1.3}) {
    const Verdict verdict = judged({.machine = machine, .service = 1.35}, baseline_of(0.2));
    EXPECT_EQ(verdict.conclusion, Conclusion::regression) << machine;
    EXPECT_NEAR(found(verdict, ComparedMetric::p50).change, 0.35, 0.03) << machine;
  }
}

TEST(Pace, AfterCalmRunsASlowerMachineIsNoRegression) {
  const Verdict verdict = judged({.machine = 1.3}, baseline_of(0.01));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).cause, Cause::environment);
}

// A head whose answers cost loadgate more would hide behind its own doing.
TEST(Pace, NothingPassesByItAlone) {
  const Verdict verdict =
      judged({.machine = 1, .service = 1.5, .loadgate = 1.5}, baseline_of(0.03));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
}

// And one whose answers cost it less would be accused of it.
TEST(Pace, NothingFailsByItAlone) {
  const Verdict verdict = judged({.machine = 1, .loadgate = 0.6}, baseline_of(0.2));
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
}

TEST(Pace, IsUnknownWhereLoadgateDidOtherWork) {
  const metrics::RunDigest head = metrics::digest_of(run_at({}));
  const StagePace pace(head, "peak");
  metrics::RunDigest stored = head;
  ASSERT_TRUE(pace.of_head());
  EXPECT_EQ(pace.of(stored), pace.of_head());

  stored.tool_version = "0.0.1";
  EXPECT_EQ(pace.of(stored), std::nullopt) << "another loadgate";
  stored = head;
  for (metrics::DigestSeries& series : stored.series) series.per_second *= 1.1;
  EXPECT_EQ(pace.of(stored), std::nullopt) << "more requests a second";
  stored = head;
  for (metrics::DigestSeries& series : stored.series) series.bytes_per_request = 1e6;
  EXPECT_EQ(pace.of(stored), std::nullopt) << "other answers";
  stored = head;
  for (metrics::DigestSeries& series : stored.series) series.load_hash = "other";
  EXPECT_EQ(pace.of(stored), std::nullopt) << "another load";
  EXPECT_EQ(StagePace(head, "no such stage").of(head), std::nullopt);
}

TEST(Pace, ARunWithoutOneLeavesAllAsMeasured) {
  Baseline baseline = baseline_of(0.01);
  for (metrics::DigestSeries& series : baseline.runs[4].series) {
    series.generator_cpu_per_request.reset();
  }
  EXPECT_EQ(judged({.machine = 1.3}, baseline).conclusion, Conclusion::regression);
}

TEST(Pace, ErrorsAreTheServicesAtAnyPace) {
  metrics::RunResult run = run_at({.machine = 1.3});
  for (metrics::Series& series : run.series) {
    series.held.errors[static_cast<std::size_t>(metrics::ErrorKind::unexpected_status)] = 100;
  }
  EXPECT_EQ(judge(run, baseline_of(0.2)).conclusion, Conclusion::regression);
}

}  // namespace
}  // namespace loadgate::gate
