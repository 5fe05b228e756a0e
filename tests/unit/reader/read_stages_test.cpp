#include "reader/read_stages.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using namespace std::chrono_literals;

std::vector<plan::Stage> stages(std::string_view list) {
  return right("name: a\ntarget: http://h\nscenarios: [{ tasks: [{ get: / }] }]\nstages: " +
               std::string(list))
      .stages;
}

TEST(Stages, AreNamedByNumberUnlessTheyHaveNames) {
  const auto read =
      stages("[{ for: 1m, users: 5 }, { name: b, for: 1m, users: 5 }, { for: 1m, users: 5 }]");
  EXPECT_EQ(read[0].name, "stage 1");
  EXPECT_EQ(read[1].name, "b");
  EXPECT_EQ(read[2].name, "stage 3");
}

TEST(Stages, ReachTheirLevelAtTheSpawnRateFromTheLevelBefore) {
  const auto read = stages(
      "[{ for: 1m, users: 20, spawn_rate: 2/s }, { for: 1m, users: 50, spawn_rate: 60/m },"
      " { for: 1m, users: 0, spawn_rate: 5/s }]");
  EXPECT_EQ(read[0].ramp, 10s);
  EXPECT_EQ(read[1].ramp, 30s);
  EXPECT_EQ(read[2].ramp, 10s);
}

TEST(Stages, MayEndAtTimesSinceTheStart) {
  const auto read =
      stages("[{ until: 10s, users: 1 }, { for: 5s, users: 2 }, { until: 1m, users: 3 }]");
  EXPECT_EQ(read[0].duration, 10s);
  EXPECT_EQ(read[1].duration, 5s);
  EXPECT_EQ(read[2].duration, 45s);
}

TEST(Stages, OneThatHoldsIsEnoughToJudge) {
  EXPECT_EQ(
      stages("[{ for: 1m, users: 5, warmup: true }, { for: 1m, users: 5, ramp: 59s }]").size(), 2U);
}

TEST(Stages, AWrongOneMakesNoProblemsOfThoseBehindIt) {
  EXPECT_EQ(problems_of("name: a\ntarget: http://h\nscenarios: [{ tasks: [{ get: / }] }]\n"
                        "stages:\n  - { for: 10, users: x }\n"
                        "  - { until: 5s, users: 9, spawn_rate: 1/h }\n"),
            R"(plan.yaml:5:12: 10 has no unit; "for" is a duration
    5 |   - { for: 10, users: x }
      |            ^^ for example for: 2m
plan.yaml:5:23: "x" is not a whole number
    5 |   - { for: 10, users: x }
      |                       ^ for example users: 50
)");
}

TEST(Stages, MayGiveArrivalsInsteadOfUsers) {
  const auto read = stages(
      "[{ for: 1m, rate: 20/s, ramp: 10s }, { for: 1m, rate: 600/m, max_users: 50 },"
      " { for: 1m, rate: 0/s, ramp: 1m }]");
  EXPECT_EQ(read[0].load, plan::Load::rate);
  EXPECT_EQ(read[0].rate, 20);
  EXPECT_EQ(read[0].ramp, 10s);
  EXPECT_EQ(read[0].max_users, 1000U);
  EXPECT_EQ(read[0].users, 0U);
  EXPECT_EQ(read[1].rate, 10);
  EXPECT_EQ(read[1].max_users, 50U);
  EXPECT_TRUE(read[2].is_idle());
}

TEST(Stages, OfUsersBehindArrivalsStartFromNoUsers) {
  const auto read = stages(
      "[{ for: 1m, users: 20 }, { for: 1m, rate: 5/s }, { for: 1m, users: 30, spawn_rate: 1/s }]");
  EXPECT_EQ(read[2].ramp, 30s);
}

TEST(Stages, AShapeMayHoldTheSameUsersTwice) {
  const auto read = stages("[{ until: 180s, users: 100 }, { until: 300s, users: 100 }]");
  EXPECT_EQ(read[1].duration, 120s);
  EXPECT_EQ(read[1].ramp, 0s);
}

TEST(Stages, RampsAreJudgedWhereThePlanAsksForIt) {
  const std::string climb = with_tasks("[{ get: / }]", "judge: all\n");
  const auto climbing = [](std::string text) {
    const std::string held = "for: 1m, users: 5";
    return text.replace(text.find(held), held.size(), "for: 1m, users: 5, ramp: 1m");
  };
  EXPECT_TRUE(right(climbing(climb)).judges_ramps);
  EXPECT_FALSE(right(with_tasks("[{ get: / }]", "judge: held\n")).judges_ramps);
}

TEST(Stages, TakeNumbersFromTheEnvironment) {
  EXPECT_EQ(stages("[{ for: 1m, users: '${NUMBER}' }]")[0].users, 7U);
}

}  // namespace
}  // namespace loadgate::reader
