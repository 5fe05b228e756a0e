#include "reader/read_profiles.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using namespace std::chrono_literals;

const std::string kPlan = R"(name: shop
target: http://h
stages:
  - { name: warm up, until: 10s, users: 10, warmup: true }
  - { name: climb, until: 40s, users: 50 }
  - { name: peak, until: 2m, users: 100, spawn_rate: 10/s }
profiles:
  pr: { stages: [warm up, peak] }
  back: { stages: [peak, climb] }
scenarios: [{ tasks: [{ get: / }] }]
thresholds: [p95 < 1s, { limit: p95 < 1s, stage: climb }, { limit: p95 < 1s, stage: peak }]
)";

std::vector<std::string> names(const plan::Plan& plan) {
  std::vector<std::string> names;
  for (const plan::Stage& stage : plan.stages) names.push_back(stage.name);
  return names;
}

using Names = std::vector<std::string>;

TEST(Profiles, ChooseStagesInTheirOrder) {
  EXPECT_EQ(names(right(kPlan)), (Names{"warm up", "climb", "peak"}));
  EXPECT_EQ(names(right(kPlan, {.profile = "pr"})), (Names{"warm up", "peak"}));
  EXPECT_EQ(names(right(kPlan, {.profile = "back"})), (Names{"peak", "climb"}));
}

TEST(Profiles, StagesKeepTheLengthTheyHaveInTheWholePlan) {
  EXPECT_EQ(right(kPlan, {.profile = "pr"}).stages[1].duration, 80s);
}

TEST(Profiles, SpawnRatesCountFromTheStageBeforeInTheProfile) {
  EXPECT_EQ(right(kPlan).stages[2].ramp, 5s);
  EXPECT_EQ(right(kPlan, {.profile = "pr"}).stages[1].ramp, 9s);
  EXPECT_EQ(right(kPlan, {.profile = "back"}).stages[0].ramp, 10s);
}

TEST(Profiles, LeaveOutThresholdsOfStagesThatAreNotRun) {
  EXPECT_EQ(right(kPlan).thresholds.size(), 3U);
  const plan::Plan plan = right(kPlan, {.profile = "pr"});
  ASSERT_EQ(plan.thresholds.size(), 2U);
  EXPECT_EQ(plan.thresholds[1].stage, "peak");
}

TEST(Profiles, TheCommandLinesOwnStageWins) {
  const plan::Plan plan = right(kPlan, {.users = 3, .profile = "pr"});
  EXPECT_EQ(names(plan), (Names{"command line"}));
  EXPECT_EQ(plan.stages[0].duration, 90s);
}

TEST(Profiles, UnknownOnesAreRefused) {
  EXPECT_EQ(problems_of(kPlan, {.profile = "rp"}),
            "command line: --profile rp: the plan has no such profile\n"
            "        did you mean \"pr\"?\n");
  EXPECT_EQ(problems_of(kPlan, {.profile = "zzzzzzzz"}),
            "command line: --profile zzzzzzzz: the plan has no such profile\n"
            "        it has pr, back\n");
  EXPECT_EQ(problems_of(with_tasks("[{ get: / }]"), {.profile = "pr"}),
            "command line: --profile pr: the plan has no such profile\n"
            "        it has none at all\n");
}

}  // namespace
}  // namespace loadgate::reader
