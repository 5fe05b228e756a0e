#include "plans.h"

namespace loadgate::reader {
namespace {

using namespace std::chrono_literals;

const std::string kPlan = with_tasks("[{ get: '/{{ shelf }}/{{ word }}', name: a }]",
                                     "variables: { shelf: 3, word: 'x' }\nsecrets: [word]\n"
                                     "thresholds: [p95 < 1s, { limit: p99 < 1s, stage: stage 1 }]");

std::string url_with(const Overrides& overrides) {
  const plan::Plan plan = right(kPlan, overrides);
  return plan.requests.empty() ? "" : filled(plan, plan.requests[0].url);
}

TEST(Overrides, ReplaceTheStages) {
  const plan::Plan plan = right(kPlan, {.users = 50, .spawn_rate = 5, .run_time = 5min});

  ASSERT_EQ(plan.stages.size(), 1U);
  EXPECT_EQ(plan.stages[0].name, "command line");
  EXPECT_EQ(plan.stages[0].users, 50U);
  EXPECT_EQ(plan.stages[0].ramp, 10s);
  EXPECT_EQ(plan.stages[0].duration, 5min);
  EXPECT_FALSE(plan.stages[0].is_warmup);
}

TEST(Overrides, TakeWhatIsMissingFromThePlan) {
  const plan::Plan users = right(kPlan, {.users = 50});
  EXPECT_EQ(users.stages[0].duration, 1min);
  EXPECT_EQ(users.stages[0].ramp, 0s);

  const plan::Plan time = right(kPlan, {.run_time = 10s});
  EXPECT_EQ(time.stages[0].users, right(kPlan).stages.back().users);
  EXPECT_GT(time.stages[0].users, 1U);
}

TEST(Overrides, NeedUsersWhereThePlanHasOnlyRates) {
  EXPECT_EQ(problems_of("name: a\ntarget: http://h\nstages: [{ for: 1m, rate: 5/s }]\n"
                        "scenarios: [{ tasks: [{ get: / }] }]\n",
                        {.run_time = 10s}),
            "command line: --users is missing: the plan's stages have none to take\n"
            "        for example --users 50\n");
}

TEST(Overrides, LeaveOutThresholdsOfStagesThatAreNotRun) {
  EXPECT_EQ(right(kPlan).thresholds.size(), 2U);
  EXPECT_EQ(right(kPlan, {.users = 5}).thresholds.size(), 1U);
}

TEST(Overrides, ANewRunNeedsNoStagesInThePlan) {
  const std::string bare = "name: a\ntarget: http://h\nscenarios: [{ tasks: [{ get: / }] }]\n";
  EXPECT_EQ(right(bare, {.run_time = 10s}).stages.size(), 1U);
  EXPECT_EQ(problems_of(bare, {.users = 5}),
            "command line: --run-time is missing: the plan has no stages to take it from\n"
            "        for example --run-time 5m\n");
}

TEST(Overrides, TheHostReplacesTheTarget) {
  EXPECT_EQ(url_with({.host = "https://other:1/base/"}), "https://other:1/base/3/x");
  const std::string without =
      "name: a\nstages: [{ for: 1m, users: 1 }]\n"
      "scenarios: [{ tasks: [{ get: / }] }]\n";
  EXPECT_EQ(right(without, {.host = "http://h"}).target, "http://h");
  EXPECT_EQ(right("target: ${UNSET}\n" + without, {.host = "http://h"}).target, "http://h");
}

TEST(Overrides, VariablesKeepThePlansType) {
  const plan::Plan plan = right(kPlan, {.variables = {{"shelf", "4"}, {"word", "5"}}});
  EXPECT_EQ(plan.variables[0].value, (plan::Value{plan::Value::Kind::json, "4"}));
  EXPECT_EQ(plan.variables[1].value, (plan::Value{plan::Value::Kind::text, "5"}));
  EXPECT_EQ(plan.secrets, (std::vector<std::string>{"5", "x"}));
}

TEST(Overrides, VariablesMayBeAnythingAndTheLastCounts) {
  EXPECT_EQ(url_with({.variables = {{"shelf", "x"}, {"shelf", "{{ y }}"}}}),
            "http://127.0.0.1:8000/%7B%7B%20y%20%7D%7D/x");
}

TEST(Overrides, AVariableTheyGiveNeedsNoEnvironment) {
  const std::string text = with_tasks("[{ get: '/{{ v }}' }]", "variables: { v: '${UNSET}' }");
  EXPECT_EQ(problems_of(text, {.variables = {{"v", "1"}}}), "");
  EXPECT_NE(problems_of(text), "");
}

struct Wrong {
  Overrides overrides;
  std::string expected;
};

TEST(Overrides, AreRefusedAsThePlanIs) {
  const std::vector<Wrong> wrongs{
      {{.users = 0}, "--users cannot be 0\n        write a number from 1 to 1000000\n"},
      {{.users = 5, .spawn_rate = 0},
       "--spawn-rate must be more than 0\n        for example 5/s\n"},
      {{.run_time = 0s}, "--run-time must be longer than 0\n        for example 5m\n"},
      {{.users = 50, .spawn_rate = 1, .run_time = 10s},
       "50 users at this --spawn-rate take 50s to start, and the run lasts 10s\n"
       "        a longer --run-time or a higher --spawn-rate leaves something to judge\n"},
      {{.host = "example.com"},
       "--host: the target does not begin with http:// or https://\n"
       "        for example http://127.0.0.1:8000\n"},
      {{.variables = {{"shelv", "1"}}},
       "--var shelv: the plan has no such variable\n        did you mean \"shelf\"?\n"},
      {{.variables = {{"zzzzzz", "1"}}},
       "--var zzzzzz: the plan has no such variable\n        it has shelf, word\n"},
  };
  for (const Wrong& wrong : wrongs) {
    EXPECT_EQ(problems_of(kPlan, wrong.overrides), "command line: " + wrong.expected);
  }
}

TEST(Overrides, AreToldBeforeThePlansOwnProblems) {
  const Reading reading = read("name: a", {.users = 0});
  ASSERT_GT(reading.problems.size(), 1U);
  EXPECT_EQ(reading.problems[0].place.file, "command line");
  EXPECT_EQ(reading.problems[0].place.line, 0);
}

}  // namespace
}  // namespace loadgate::reader
