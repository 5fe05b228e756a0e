#include "report/github_annotations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

using testing::HasSubstr;
using Level = Annotation::Level;

std::vector<Annotation> of_level(const gate::Summary& summary, Level level) {
  std::vector<Annotation> found = annotations_of(summary);
  std::erase_if(found, [&](const Annotation& one) { return one.level != level; });
  return found;
}

TEST(Annotations, AMissedThresholdIsAnErrorAtItsLine) {
  const auto errors = of_level(support::threshold_missed_summary(), Level::error);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].title, "loadgate: threshold missed");
  EXPECT_EQ(errors[0].message, "p95 < 300ms: p95 312 ms, limit 300 ms");
  EXPECT_EQ(errors[0].file, "configs/storefront.yaml");
  EXPECT_EQ(errors[0].line, 41);
  EXPECT_EQ(errors[0].column, 5);
  EXPECT_EQ(errors[0].end_column, 15);
}

TEST(Annotations, ARegressionIsAnErrorAndSaysHowSureItIs) {
  const auto errors = of_level(support::regression_summary(), Level::error);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].message,
            "p50 of GET /store/products/ rose from 8.10 ms to 21.1 ms (×2.6, limit ×1.14). 95 % "
            "interval ×2.4 to ×2.8, p <0.0001.");
  EXPECT_EQ(errors[0].file, "configs/storefront.yaml");
}

TEST(Annotations, WhatIsUndecidedIsAWarningWithTheWayOut) {
  const auto warnings = of_level(support::regression_summary(), Level::warning);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0].message, HasSubstr("What would settle it: 3 more baseline runs."));
  const auto uncompared = of_level(support::inconclusive_summary(), Level::warning);
  ASSERT_EQ(uncompared.size(), 2u);
  EXPECT_THAT(uncompared[0].message, HasSubstr("loadgate baseline record"));
}

TEST(Annotations, APassSaysNothingButWhatChanged) {
  const auto all = annotations_of(support::duet_passed_summary());
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].level, Level::notice);
  EXPECT_THAT(all[0].message, HasSubstr("Base does not answer GET /store/deals/"));
}

TEST(Annotations, WhatGotClearlyBetterIsANotice) {
  gate::Summary summary = support::passed_summary();
  gate::ComparisonFinding& p50 = summary.verdict.comparisons[1];
  p50.head = 4e6;
  p50.change = -0.5;
  p50.change_low = -0.6;
  p50.change_high = -0.4;
  const auto notices = of_level(summary, Level::notice);
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].message,
            "p50 of GET /store/products/ got better: 8.00 ms before, 4.00 ms now (×0.50, 95 % "
            "interval ×0.40 to ×0.60).");
}

TEST(Annotations, AnInvalidRunIsOneErrorWithAllReasons) {
  const auto errors = of_level(support::invalid_summary(), Level::error);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_THAT(errors[0].message, HasSubstr("machine with more cores\nthe workers spent 98 %"));
}

TEST(Annotations, AHeadThatDiedIsAnError) {
  const auto errors = of_level(support::duet_died_summary(), Level::error);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_THAT(errors[0].message, HasSubstr("it exited with status 137"));
}

TEST(Annotations, AreNoMoreThanGithubShows) {
  gate::Summary summary = support::regression_summary();
  const gate::ComparisonFinding worse = summary.verdict.comparisons.front();
  for (int i = 0; i < 30; ++i) summary.verdict.comparisons.push_back(worse);
  const auto errors = of_level(summary, Level::error);
  ASSERT_EQ(errors.size(), kMostAnnotations);
  EXPECT_EQ(errors.back().title, "loadgate: 23 more");
  for (const support::SampleCase& sample : support::sample_cases()) {
    EXPECT_LE(of_level(sample.summary, Level::warning).size(), kMostAnnotations) << sample.name;
  }
}

}  // namespace
}  // namespace loadgate::report
