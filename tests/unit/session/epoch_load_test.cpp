#include "session/epoch_load.h"

#include <gtest/gtest.h>

namespace loadgate::session {
namespace {

using std::chrono::seconds;

plan::Stage closed(const std::string& name, int length, unsigned users) {
  plan::Stage stage;
  stage.name = name;
  stage.duration = seconds(length);
  stage.users = users;
  return stage;
}

plan::Stage open(const std::string& name, int length, double rate) {
  plan::Stage stage = closed(name, length, 0);
  stage.load = plan::Load::rate;
  stage.rate = rate;
  stage.max_users = 70;
  return stage;
}

plan::Scenario scenario(unsigned weight, plan::Wait wait) {
  plan::Scenario made;
  made.weight = weight;
  made.wait = wait;
  return made;
}

plan::Threshold threshold_of(const std::string& stage) {
  plan::Threshold threshold;
  threshold.stage = stage;
  return threshold;
}

TEST(EpochLoad, StandsForTheStageThatIsHeldLongest) {
  plan::Plan plan;
  plan.stages = {closed("climb", 60, 10), closed("peak", 30, 50), closed("short", 20, 90)};
  plan.stages[0].ramp = seconds(60);
  EXPECT_EQ(main_stage(plan).name, "peak");
}

TEST(EpochLoad, NeverStandsForAWarmUp) {
  plan::Plan plan;
  plan.stages = {closed("warm up", 60, 10), closed("peak", 30, 50)};
  plan.stages[0].is_warmup = true;
  EXPECT_EQ(main_stage(plan).name, "peak");
}

TEST(EpochLoad, IsOneOpenStageWithItsThresholds) {
  plan::Plan plan;
  plan.stages = {closed("warm up", 5, 10), closed("peak", 30, 50), closed("soak", 10, 5)};
  plan.stages[0].is_warmup = true;
  plan.thresholds = {threshold_of(""), threshold_of("peak"), threshold_of("soak")};
  set_load(plan, {120, seconds(8), seconds(2)});
  ASSERT_EQ(plan.stages.size(), 1U);
  const plan::Stage& stage = plan.stages[0];
  EXPECT_EQ(stage.name, "peak");
  EXPECT_TRUE(stage.is_open());
  EXPECT_EQ(stage.rate, 120);
  EXPECT_EQ(stage.users, 0U);
  EXPECT_GT(stage.max_users, 0U);
  EXPECT_EQ(stage.duration, seconds(8));
  EXPECT_EQ(stage.ramp, seconds(2));
  ASSERT_EQ(plan.thresholds.size(), 2U);
  EXPECT_EQ(plan.thresholds[1].stage, "peak");
}

TEST(EpochLoad, KeepsThePoolOfAnOpenStage) {
  plan::Plan plan;
  plan.stages = {open("steady", 30, 20)};
  set_load(plan, {10, seconds(8), seconds(2)});
  EXPECT_EQ(plan.stages[0].max_users, 70U);
}

TEST(EpochLoad, TakesTheRateOfAnOpenStage) {
  plan::Plan plan;
  plan.stages = {open("steady", 30, 20)};
  EXPECT_EQ(natural_rate(plan, std::chrono::milliseconds(5)), 20);
}

TEST(EpochLoad, CountsWhatUsersComeToWithTheirWaits) {
  plan::Plan plan;
  plan.stages = {closed("peak", 30, 60)};
  // A third of the users rests 1 to 3 s, the others begin every second.
  plan.scenarios = {scenario(1, {seconds(1), seconds(3), plan::Wait::Kind::uniform}),
                    scenario(2, {seconds(1), seconds(1), plan::Wait::Kind::pacing})};
  EXPECT_DOUBLE_EQ(natural_rate(plan, std::chrono::milliseconds(500)), 20 / 2.5 + 40);
}

}  // namespace
}  // namespace loadgate::session
