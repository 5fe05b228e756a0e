#include "reader/read_watch.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using By = plan::Watch::By;

plan::Watch watch_of(std::string_view keys, std::string_view more = "",
                     const Overrides& overrides = {}) {
  const plan::Plan plan = right(
      with_tasks("[{ get: / }]", "watch: { db: " + std::string(keys) + " }\n" + std::string(more)),
      overrides);
  return plan.watches.empty() ? plan::Watch() : plan.watches.front();
}

TEST(ReadWatch, KeepsTheOrderOfThePlan) {
  const plan::Plan plan = right(
      with_tasks("[{ get: / }]", "watch:\n  web: { port: 8000 }\n  db: { process: postgres }\n"));
  ASSERT_EQ(plan.watches.size(), 2U);
  EXPECT_EQ(plan.watches[0].name, "web");
  EXPECT_EQ(plan.watches[1].name, "db");
  EXPECT_EQ(plan.watches[1].place.line, 7U);
}

TEST(ReadWatch, ReadsWhoseProcessesAreMeant) {
  EXPECT_EQ(watch_of("{ port: 8000 }").by, By::port);
  EXPECT_EQ(watch_of("{ port: 8000 }").port, 8000);
  EXPECT_EQ(watch_of("{ process: postgres }").by, By::process);
  EXPECT_EQ(watch_of("{ process: postgres }").text, "postgres");
  EXPECT_EQ(watch_of("{ pid_file: run/app.pid }").by, By::pid_file);
  EXPECT_EQ(watch_of("{ cgroup: a/b }").by, By::cgroup);
}

TEST(ReadWatch, TakesControlGroupsAsTheSystemWritesThem) {
  for (const char* written :
       {"a.slice/b", "/a.slice/b", "/a.slice/b/", "/sys/fs/cgroup/a.slice/b"}) {
    EXPECT_EQ(watch_of("{ cgroup: " + std::string(written) + " }").text, "a.slice/b") << written;
  }
}

TEST(ReadWatch, LooksForPidFilesBesideThePlan) {
  const std::string text = with_tasks("[{ get: / }]", "watch: { a: { pid_file: ../run/a.pid } }");
  const Reading reading =
      read_plan(text, "plans/ci/shop.yaml", {}, {test_environment, test_file, kTestPort});
  ASSERT_TRUE(reading.plan);
  EXPECT_EQ(reading.plan->watches.at(0).text, "plans/run/a.pid");
}

TEST(ReadWatch, PutsInThePortThatStartGives) {
  constexpr std::string_view kStart = "start: { command: ./serve }";
  EXPECT_EQ(watch_of("{ port: '{{ port }}' }", kStart).port, kTestPort);
  EXPECT_EQ(watch_of("{ pid_file: 'run/{{ port }}.pid' }", kStart).text, "run/41234.pid");
  EXPECT_EQ(watch_of("{ process: 'web-{{ port }}' }", kStart).text, "web-41234");
  EXPECT_EQ(watch_of("{ cgroup: 'web/{{ port }}' }", kStart).text, "web/41234");
}

TEST(ReadWatch, FollowsTheServiceToWhereHostSaysItIs) {
  const auto port_at = [](const std::string& host) {
    return watch_of("{ port: '{{ port }}' }", "start: { command: ./serve }", {.host = host}).port;
  };
  EXPECT_EQ(port_at("http://127.0.0.1:9000"), 9000);
  EXPECT_EQ(port_at("http://[::1]:9000/api"), 9000);
  EXPECT_EQ(port_at("http://[::1]"), 80);
  EXPECT_EQ(port_at("https://localhost"), 443);
}

TEST(ReadWatch, ReadsAPortFromTheEnvironment) {
  EXPECT_EQ(watch_of("{ port: '${NUMBER}' }").port, 7);
}

}  // namespace
}  // namespace loadgate::reader
