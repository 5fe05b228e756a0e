#include "gate/machine_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const std::vector<Level> kShop{{"GET /", 10, 30, 2000}, {"GET /list", 40, 90, 2000}};

metrics::Control control(double work_ms) {
  return {from_seconds(work_ms / 1e3), std::chrono::microseconds(6)};
}

// Ten boots, around which the control's work took 10 to 12 ms.
Baseline measured_baseline() {
  Baseline baseline = made_baseline(kShop, 10);
  double work = 10;
  for (metrics::RunDigest& run : baseline.runs) {
    run.control_before = run.control_after = control(work);
    run.pressure = 0.1;
    work += 2.0 / 9;
  }
  return baseline;
}

metrics::RunResult run_at(double work_ms, double slowdown) {
  metrics::RunResult run = made_run(slower(kShop, slowdown));
  run.control_before = run.control_after = control(work_ms);
  return run;
}

TEST(MachineState, ASlowerMachineLeavesARiseUndecidedAndSaysSo) {
  const Verdict verdict = judge(run_at(15.6, 1.6), measured_baseline());
  EXPECT_EQ(verdict.conclusion, Conclusion::inconclusive);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).cause, Cause::environment);
  EXPECT_EQ(found(verdict, ComparedMetric::p50).advice,
            "another run when the machine is left alone");
  EXPECT_THAT(verdict.baseline->remarks,
              Contains("Around this run the machine computed 1.3 × slower than around the slowest "
                       "stored one, so of times only a rise beyond ×1.7 is the service's."));
}

TEST(MachineState, AMachineAsInTheStoredRunsTakesNothingBack) {
  EXPECT_EQ(judge(run_at(13, 2), measured_baseline()).conclusion, Conclusion::regression);
  Baseline without = made_baseline(kShop, 10);
  EXPECT_EQ(judge(run_at(30, 2), without).conclusion, Conclusion::regression);
}

TEST(MachineState, ASlowerMachineDoesNotExplainAMuchSlowerService) {
  EXPECT_EQ(judge(run_at(15.6, 3), measured_baseline()).conclusion, Conclusion::regression);
}

TEST(MachineState, ASlowerMachineMakesNoPassAndTakesNoneBack) {
  EXPECT_EQ(judge(run_at(20, 1), measured_baseline()).conclusion, Conclusion::passed);
}

// Two services of 2,000 requests each, at so much CPU time a request.
metrics::RunResult with_cpu(metrics::RunResult run, double cpu_ms) {
  const metrics::Interval held = run.judging.stages[1].held;
  run.services = {
      {.name = "service",
       .points = {{.at = held.from}, {.at = held.to, .cpu = from_seconds(4000 * cpu_ms / 1e3)}}}};
  return run;
}

Conclusion conclusion_with_cpu(double work_ms, double cpu_ms) {
  Baseline baseline = measured_baseline();
  for (metrics::RunDigest& run : baseline.runs) {
    for (metrics::DigestSeries& series : run.series) {
      if (series.request == metrics::kAllRequests) {
        series.cpu_per_request = std::chrono::milliseconds(2);
      }
    }
  }
  return judge(with_cpu(run_at(work_ms, 1), cpu_ms), baseline).conclusion;
}

TEST(MachineState, ASlowerMachineSpendsMoreCpuTimeToo) {
  EXPECT_EQ(conclusion_with_cpu(11, 2.6), Conclusion::regression);
  EXPECT_EQ(conclusion_with_cpu(15.6, 2.6), Conclusion::inconclusive);
  EXPECT_EQ(conclusion_with_cpu(15.6, 6), Conclusion::regression);
}

TEST(MachineState, ASlowerMachineHidesNoErrors) {
  metrics::RunResult run = run_at(20, 1);
  run.series[0].held.errors[0] += 200;
  EXPECT_EQ(judge(run, measured_baseline()).conclusion, Conclusion::regression);
}

TEST(MachineState, PressureFarAboveTheStoredRunsIsNamedButHidesNothing) {
  metrics::RunDigest head = made_stored(kShop, 0, "boot of head");
  const Baseline baseline = measured_baseline();
  std::vector<const metrics::RunDigest*> stored;
  for (const metrics::RunDigest& run : baseline.runs) stored.push_back(&run);
  head.pressure = 0.25;
  EXPECT_THAT(state_of(head, stored).remark(), IsEmpty());
  head.pressure = 0.4;
  const MachineState state = state_of(head, stored);
  EXPECT_EQ(state.remark(),
            "During this run tasks waited for a CPU 40 % of the time, far more than in any stored "
            "run.");
  Case undecided;
  undecided.finding.outcome = Outcome::inconclusive;
  undecided.finding.cause = Cause::too_noisy;
  guard(undecided, state);
  EXPECT_EQ(undecided.finding.cause, Cause::environment);
  Case failed;
  failed.finding.outcome = Outcome::fail;
  guard(failed, state);
  EXPECT_EQ(failed.finding.outcome, Outcome::fail);
}

TEST(MachineState, StolenTimeOfAnEarlierRunCountsForThatRun) {
  metrics::RunResult run = made_run(slower(kShop, 2));
  run.earlier = {metrics::digest_of(run)};
  EXPECT_EQ(judge(run, measured_baseline()).conclusion, Conclusion::regression);
  run.earlier.front().steal_share = 0.1;
  EXPECT_EQ(judge(run, measured_baseline()).conclusion, Conclusion::inconclusive);
}

}  // namespace
}  // namespace loadgate::gate
