#include "monitor/watcher.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "programs.h"

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

Subject nobody(std::string name) {
  return {
      .name = std::move(name),
      .is_judged = false,
      .what = plan::Watch{
          .name = "", .by = plan::Watch::By::process, .port = 0, .text = "lg-nobody", .place = {}}};
}

void spin_until(TimePoint end) {
  while (SteadyClock().now() < end) {
  }
}

using WatcherTest = ProgramTest;

TEST_F(WatcherTest, MeasuresAtBothEndsAndEndsPromptly) {
  make_pipes({"begun", "end"});
  const process::Kept kept = start("say('begun', 1)\nwait('end')\n");
  number_from("begun");
  Watcher watcher(
      {{.name = "service", .is_judged = true, .what = KeptBy{kept.keeper()}}, nobody("db")});
  const TimePoint start = SteadyClock().now();
  watcher.begin(start, {});
  const Watched watched = watcher.end();
  EXPECT_LT(SteadyClock().now() - start, 900ms);
  ASSERT_EQ(watched.services.size(), 2U);
  EXPECT_EQ(watched.services[0].name, "service");
  EXPECT_TRUE(watched.services[0].is_judged);
  EXPECT_EQ(watched.services[0].trouble, "");
  ASSERT_GE(watched.services[0].points.size(), 2U);
  EXPECT_EQ(watched.services[0].points[0].processes, 1U);
  EXPECT_EQ(watched.services[1].trouble, "no process is called lg-nobody");
  EXPECT_FALSE(watched.services[1].is_judged);
  EXPECT_GE(watched.machine.cores, 1U);
  ASSERT_GE(watched.machine.points.size(), 2U);
  EXPECT_EQ(watched.machine.points[0].busy, 0s);
}

TEST_F(WatcherTest, JudgesNoProcessTwice) {
  make_pipes({"port", "end"});
  const process::Kept kept = start(
      "server = socket.create_server(('127.0.0.1', 0))\n"
      "say('port', server.getsockname()[1])\nwait('end')\n");
  const plan::Watch by_port{.name = "web",
                            .by = plan::Watch::By::port,
                            .port = static_cast<unsigned short>(number_from("port")),
                            .text = "",
                            .place = {}};
  Watcher watcher({{.name = "service", .is_judged = true, .what = KeptBy{kept.keeper()}},
                   {.name = "web", .is_judged = true, .what = by_port}});
  watcher.begin(SteadyClock().now(), {});
  const Watched watched = watcher.end();
  EXPECT_TRUE(watched.services[0].is_judged);
  EXPECT_EQ(watched.services[0].trouble, "");
  EXPECT_FALSE(watched.services[1].is_judged);
  EXPECT_EQ(watched.services[1].trouble, "it has processes that count as service already");
  EXPECT_EQ(watched.services[1].points.front().processes, 1U);
}

TEST_F(WatcherTest, MeasuresAtWholeSecondsAndMarks) {
  Watcher watcher({});
  // So that the first second is over soon.
  const TimePoint start = SteadyClock().now() - 800ms;
  watcher.begin(start, {1100ms, 900ms});
  spin_until(start + 1200ms);
  const Watched watched = watcher.end();
  const std::vector<metrics::MachinePoint>& points = watched.machine.points;
  for (const Nanoseconds moment : {900ms, 1000ms, 1100ms}) {
    const auto is_near = [&](const metrics::MachinePoint& point) {
      return point.at >= moment && point.at < moment + 90ms;
    };
    EXPECT_TRUE(std::any_of(points.begin(), points.end(), is_near)) << moment.count();
  }
  EXPECT_GT(points.back().own, 10ms) << "we have been spinning";
}

TEST_F(WatcherTest, AStartThatIsAboutToComeIsTheFirstPoint) {
  Watcher watcher({});
  watcher.begin(SteadyClock().now() + 20s, {});
  const Watched watched = watcher.end();
  ASSERT_EQ(watched.machine.points.size(), 1U);
  EXPECT_EQ(watched.machine.points[0].at, 0s);
}

TEST_F(WatcherTest, LeavesSignalsToUs) {
  static volatile std::sig_atomic_t is_ours = 0;
  static const pthread_t kUs = pthread_self();
  std::signal(SIGUSR1, [](int) { is_ours = pthread_equal(pthread_self(), kUs) != 0 ? 1 : 2; });
  Watcher watcher({});
  watcher.begin(SteadyClock().now(), {});
  ::kill(::getpid(), SIGUSR1);
  EXPECT_EQ(is_ours, 1);
  std::signal(SIGUSR1, SIG_DFL);
}

TEST(Watcher, WithoutABeginHasNothing) {
  Watcher watcher({nobody("db")});
  EXPECT_TRUE(watcher.end().services.empty());
  watcher.begin(SteadyClock().now(), {});
  EXPECT_EQ(watcher.end().services.size(), 1U);
  EXPECT_TRUE(watcher.end().services.empty());
}

}  // namespace
}  // namespace loadgate::monitor
