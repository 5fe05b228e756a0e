#include "gate/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "made_run.h"

namespace loadgate::gate {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::vector<Level> kShop{{"GET /", 10, 30, 2000}, {"GET /list", 40, 90, 2000}};

// Boots that lie 2 % around kShop, the last five `rise` times as slow at GET /list.
Baseline drifted(double rise, int pinned = 8) {
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < 20; ++i) {
    std::vector<Level> levels = slower(kShop, 1 + 0.02 * ((i * 7) % 5 - 2));
    if (i >= 15) {
      levels[1].p50_ms *= rise;
      levels[1].p95_ms *= rise;
    }
    baseline.runs.push_back(made_stored(levels, i, "boot " + std::to_string(i)));
    if (i < pinned) baseline.anchor.push_back(baseline.runs.back());
  }
  return baseline;
}

TEST(Drift, IsNoneWhereTheNewestRunsAreAsThePinnedOnes) {
  const Drift drift = drift_of(drifted(1), {});
  EXPECT_THAT(drift.findings, IsEmpty());
  EXPECT_EQ(drift.sentence,
            "the newest 5 runs (2026-11-22) show no drift from the 8 pinned ones (2026-11-22)");
}

TEST(Drift, NamesWhatBecameSlowerStepByStep) {
  const Drift drift = drift_of(drifted(1.4), {});
  EXPECT_THAT(drift.findings,
              Contains("p50 of GET /list in stage peak rose from 40.0 ms to 56.0 ms (×1.40)"));
  EXPECT_THAT(drift.findings, Not(Contains(HasSubstr("GET / "))));
  EXPECT_THAT(drift.sentence, HasSubstr("drifted from the 8 pinned ones"));
}

TEST(Drift, IsNoMatterOfGettingFasterOrOfTrifles) {
  EXPECT_THAT(drift_of(drifted(0.5), {}).findings, IsEmpty());
  EXPECT_THAT(drift_of(drifted(1.1), {}).findings, IsEmpty());
}

TEST(Drift, IsNotSaidOfRequestsThatAreIgnored) {
  plan::GateRules rules;
  rules.ignored_requests = {"GET /list", std::string(metrics::kAllRequests)};
  EXPECT_THAT(drift_of(drifted(1.4), rules).findings, IsEmpty());
}

TEST(Drift, NeedsFiveRunsOnEitherSide) {
  EXPECT_EQ(drift_of(drifted(1.4, 4), {}).sentence,
            "4 runs pinned and 5 newest are too few to see a drift");
}

TEST(Drift, IsSaidBesideTheVerdictAndNeverFailsARun) {
  std::vector<Level> head = kShop;
  head[1].p50_ms *= 1.4;
  head[1].p95_ms *= 1.4;
  const Verdict verdict = judge(made_run(head), drifted(1.4));
  EXPECT_NE(verdict.conclusion, Conclusion::regression);
  EXPECT_THAT(verdict.baseline->remarks,
              Contains(AllOf(HasSubstr("the newest 5 runs"), HasSubstr("drifted from the 8 pinned"),
                             HasSubstr("p50 of GET /list"))));
}

TEST(Drift, EndsWithASlowdownThatWasAccepted) {
  Baseline baseline = drifted(1.4);
  baseline.runs[15].accepted = "taxes are worked out now";
  EXPECT_THAT(drift_of(of_environment(baseline, baseline.runs[0].environment), {}).findings,
              IsEmpty());
}

}  // namespace
}  // namespace loadgate::gate
