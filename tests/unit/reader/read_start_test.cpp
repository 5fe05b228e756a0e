#include "reader/read_start.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kRest =
    "\nname: a\nstages: [{ for: 1m, users: 1 }]\nscenarios: [{ tasks: [{ get: / }] }]\n";

plan::Plan started(std::string_view start, std::string_view more = "",
                   const Overrides& overrides = {}) {
  return right("start: " + std::string(start) + "\n" + std::string(more) + std::string(kRest),
               overrides);
}

TEST(Start, PutsTheFreePortWhereThePlanNamesIt) {
  const plan::Plan plan = started(
      "{ prepare: 'init {{port}}', command: 'serve -p {{ port }} -q {{ port }}',"
      " env: { URL: 'http://h:{{ port }}', LEVEL: 3, OFF: false, NONE: '' } }");
  ASSERT_TRUE(plan.start);
  EXPECT_EQ(plan.start->prepare, "init 41234");
  EXPECT_EQ(plan.start->command, "serve -p 41234 -q 41234");
  EXPECT_EQ(plan.start->port, 41234);
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(plan.start->environment,
            (std::vector<Pair>{
                {"URL", "http://h:41234"}, {"LEVEL", "3"}, {"OFF", "false"}, {"NONE", ""}}));
}

TEST(Start, LeavesTheBracesOfOtherLanguagesAlone) {
  EXPECT_EQ(started("{ command: \"docker inspect -f '{{.Name}}' x && y {{\" }").start->command,
            "docker inspect -f '{{.Name}}' x && y {{");
}

TEST(Start, NeedsNoTarget) {
  const plan::Plan plan = started("{ command: ./serve }");
  EXPECT_EQ(plan.target, "http://127.0.0.1:41234");
  EXPECT_EQ(plan.origins, (std::vector<std::string>{"http://127.0.0.1:41234"}));
  EXPECT_EQ(filled(plan, plan.requests.at(0).url), "http://127.0.0.1:41234/");
}

TEST(Start, MayHaveATargetOfItsOwn) {
  EXPECT_EQ(started("{ command: ./serve }", "target: 'http://localhost:{{ port }}/api'\n").target,
            "http://localhost:41234/api");
  EXPECT_EQ(started("{ command: ./serve }", "target: http://127.0.0.1:8000\n").target,
            "http://127.0.0.1:8000");
}

TEST(Start, RunsInThePlansFolder) {
  EXPECT_EQ(started("{ command: ./serve }").start->directory, ".");
  EXPECT_EQ(started("{ command: ./serve, directory: ../app/ }").start->directory, "../app");
  EXPECT_EQ(started("{ command: ./serve, directory: / }").start->directory, "/");
  const std::string text = "start: { command: x }" + std::string(kRest);
  const Reading reading =
      read_plan(text, "plans/ci/shop.yaml", {}, {test_environment, test_file, kTestPort});
  ASSERT_TRUE(reading.plan && reading.plan->start);
  EXPECT_EQ(reading.plan->start->directory, "plans/ci");
}

TEST(Start, IsReadyOnceItTakesAConnectionUnlessThePlanSaysMore) {
  const plan::Plan plan = started("{ command: ./serve }");
  ASSERT_TRUE(plan.ready);
  EXPECT_EQ(plan.ready->url, "");
  EXPECT_EQ(plan.ready->within, 30s);
  EXPECT_FALSE(right(with_tasks("[{ get: / }]")).ready);
}

TEST(Start, NothingIsStartedWhereTheUserSaysWhereItRuns) {
  const plan::Plan plan = started("{ command: './serve {{ port }}' }", "ready: { get: /up }\n",
                                  {.host = "http://ci:1"});
  EXPECT_FALSE(plan.start);
  EXPECT_EQ(plan.target, "http://ci:1");
  EXPECT_EQ(plan.ready->url, "http://ci:1/up");
}

TEST(Start, NeedsAFreePort) {
  const std::string text = "start: { command: x }" + std::string(kRest);
  const Reading reading = read_plan(text, "plan.yaml", {}, {test_environment, test_file, 0});
  EXPECT_EQ(render(reading.problems, reading.texts),
            "plan.yaml:1:1: this machine has no free port\n"
            "    1 | start: { command: x }\n      | ^^^^^\n");
}

std::string ready_url(std::string_view get) {
  return started("{ command: x }", "ready: { get: " + std::string(get) + ", within: 5s }\n")
      .ready->url;
}

TEST(Ready, IsAPathOnTheTargetOrAWholeUrl) {
  EXPECT_EQ(ready_url("'/status?a=1'"), "http://127.0.0.1:41234/status?a=1");
  EXPECT_EQ(ready_url("'/a b'"), "http://127.0.0.1:41234/a%20b");
  EXPECT_EQ(ready_url("'http://127.0.0.1:{{ port }}'"), "http://127.0.0.1:41234/");
  EXPECT_EQ(ready_url("https://Other/x"), "https://other/x");
}

TEST(Ready, NeedsNoStart) {
  const plan::Plan plan = right(with_tasks("[{ get: / }]", "ready: { get: /up, within: 1m }"));
  EXPECT_EQ(plan.ready->url, "http://127.0.0.1:8000/up");
  EXPECT_EQ(plan.ready->within, 1min);
}

}  // namespace
}  // namespace loadgate::reader
