#include "plan/plan.h"

#include <gtest/gtest.h>

namespace loadgate::plan {
namespace {

TEST(Plan, IsAsLongAsItsStages) {
  Plan plan;
  plan.stages.push_back({.name = "a", .duration = std::chrono::seconds(10)});
  plan.stages.push_back({.name = "b", .duration = std::chrono::seconds(20)});
  EXPECT_EQ(plan.length(), std::chrono::seconds(30));
}

TEST(StatusRule, AcceptsEverythingBelow400UnlessToldOtherwise) {
  EXPECT_TRUE(StatusRule().accepts(200));
  EXPECT_TRUE(StatusRule().accepts(302));
  EXPECT_FALSE(StatusRule().accepts(404));
  EXPECT_EQ(StatusRule().text(), "below 400");
  EXPECT_TRUE(StatusRule(404).accepts(404));
  EXPECT_FALSE(StatusRule(404).accepts(200));
  EXPECT_EQ(StatusRule(404).text(), "404");
}

TEST(Method, IsNamedAsOnTheWire) {
  EXPECT_EQ(name_of(Method::get), "GET");
  EXPECT_EQ(name_of(Method::del), "DELETE");
}

}  // namespace
}  // namespace loadgate::plan
