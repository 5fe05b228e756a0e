#include <gtest/gtest.h>

#include "gate/summary.h"
#include "support/sample_duet.h"

namespace loadgate::gate {
namespace {

using namespace std::chrono_literals;

metrics::RunResult watched_run() {
  metrics::RunResult run = support::sample_result();
  run.services = {support::sample_use("service", 0, 40, 0.5),
                  support::sample_use("db", 0, 20, 0.1)};
  run.services[1].is_judged = false;
  run.services[1].trouble = "it ended after 20 s";
  run.machine = support::sample_machine(0, 40);
  return run;
}

TEST(ServiceRows, SayWhatAServiceSpentWhileTheLoadWasHeld) {
  const Summary summary = summarize(watched_run(), Verdict());
  ASSERT_EQ(summary.services.size(), 2U);
  const ServiceRow& service = summary.services[0];
  EXPECT_EQ(service.name, "service");
  EXPECT_TRUE(service.is_judged);
  ASSERT_TRUE(service.cpu_share);
  EXPECT_NEAR(*service.cpu_share, 0.25, 1e-9) << "half of one of two cores";
  ASSERT_TRUE(service.cpu_per_request);
  EXPECT_NEAR(milliseconds(*service.cpu_per_request), 500.0 / 60, 0.05);
  EXPECT_EQ(service.memory_begin, 100'000'000U);
  EXPECT_EQ(service.memory_end, 140'000'000U);
  EXPECT_EQ(service.memory_max, 140'000'000U);
}

TEST(ServiceRows, OfWhatEndedEarlyCpuIsNotKnown) {
  const Summary summary = summarize(watched_run(), Verdict());
  EXPECT_FALSE(summary.services[1].is_judged);
  EXPECT_FALSE(summary.services[1].cpu_share);
  EXPECT_FALSE(summary.services[1].cpu_per_request);
  EXPECT_EQ(summary.services[1].memory_end, 120'000'000U);
  EXPECT_EQ(summary.services[1].trouble, "it ended after 20 s");
}

TEST(ServiceRows, OfADuetEpochsWithNothingHeldAreNoPart) {
  metrics::RunResult run = support::sample_duet({.slowdown = 1.5});
  run.duet->epochs[3].base.use = support::sample_use("service", 0, 8, 0.9);
  const auto all = summarize(run, Verdict()).services[0].cpu_share;
  run.duet->epochs[3].base.series.clear();
  run.duet->epochs[3].head.series.clear();
  EXPECT_LT(summarize(run, Verdict()).services[0].cpu_share, all);
}

TEST(ServiceRows, OfADuetBaseStandsBeforeHead) {
  metrics::RunResult run = support::sample_duet({.slowdown = 1.5});
  run.duet->epochs[3].spoilt = "the load generator was late";
  metrics::join_epochs(run);
  const Summary summary = summarize(run, Verdict());
  ASSERT_EQ(summary.services.size(), 2U);
  EXPECT_EQ(summary.services[0].side, metrics::Side::base);
  EXPECT_EQ(summary.services[1].side, metrics::Side::head);
  ASSERT_TRUE(summary.services[0].cpu_per_request && summary.services[1].cpu_per_request);
  EXPECT_NEAR(milliseconds(*summary.services[0].cpu_per_request), 3, 0.001);
  EXPECT_NEAR(milliseconds(*summary.services[1].cpu_per_request), 4.5, 0.001);
}

TEST(ServiceRows, OfADuetThatWasNotWatchedThereAreNone) {
  metrics::RunResult run = support::sample_duet();
  for (metrics::Epoch& epoch : run.duet->epochs) epoch.base.use = epoch.head.use = {};
  EXPECT_TRUE(summarize(run, Verdict()).services.empty());
}

TEST(MachineShares, AreThoseOfTheHeldParts) {
  EXPECT_FALSE(summarize(support::sample_result(), Verdict()).machine);
  for (const metrics::RunResult& run : {watched_run(), support::sample_duet()}) {
    const Summary summary = summarize(run, Verdict());
    ASSERT_TRUE(summary.machine);
    EXPECT_NEAR(summary.machine->busy, 0.5, 1e-9);
    EXPECT_NEAR(summary.machine->stolen, 0.01, 1e-9);
    EXPECT_NEAR(summary.machine->pressure, 0.1, 1e-9);
  }
}

TEST(Summary, OfADuetShowsWhatHeadDidPerSecondOfItsEpochs) {
  const Summary summary = summarize(support::sample_duet(), Verdict());
  EXPECT_EQ(summary.total.requests, 6U * 6 * 40);
  EXPECT_DOUBLE_EQ(summary.total.per_second, 40);
}

}  // namespace
}  // namespace loadgate::gate
