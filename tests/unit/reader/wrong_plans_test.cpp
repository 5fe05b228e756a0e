#include "wrong_plans.h"

#include <gtest/gtest.h>

#include <set>

#include "environment.h"

namespace loadgate::reader {
namespace {

std::vector<WrongPlan> all_wrong_plans() {
  return read_wrong_plans(LOADGATE_SOURCE_DIR "/tests/unit/reader/wrong_plans.txt");
}

TEST(WrongPlans, AreRefusedWithPlaceCaretAndHint) {
  for (const WrongPlan& wrong : all_wrong_plans()) {
    EXPECT_EQ(problems_of(wrong.plan), wrong.expected) << wrong.claim << "\n" << wrong.plan;
    EXPECT_FALSE(read(wrong.plan).plan.has_value()) << wrong.claim;
  }
}

TEST(WrongPlans, AreManyAndEachClaimsSomethingElse) {
  std::set<std::string> claims;
  for (const WrongPlan& wrong : all_wrong_plans()) claims.insert(wrong.claim);
  EXPECT_EQ(claims.size(), all_wrong_plans().size());
  EXPECT_GE(claims.size(), 150U);
}

TEST(WrongPlans, AreWrongOnlyInWhatTheyChange) {
  WrongPlan nothing;
  complete(nothing);
  EXPECT_EQ(problems_of(nothing.plan), "");
}

}  // namespace
}  // namespace loadgate::reader
