#include "server/delay_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <future>

namespace loadgate::server {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

TEST(DelayQueue, RunsInTheOrderOfTheMomentsNotOfTheCalls) {
  std::vector<int> order;
  std::promise<void> last;
  DelayQueue queue;
  const TimePoint now = SteadyClock().now();
  queue.add(now + 20ms, [&] {
    order.push_back(3);
    last.set_value();
  });
  queue.add(now + 10ms, [&] { order.push_back(2); });
  queue.add(now - 1s, [&] { order.push_back(1); });
  last.get_future().wait();
  EXPECT_THAT(order, ElementsAre(1, 2, 3));
}

TEST(DelayQueue, RunsNothingBeforeItsMoment) {
  DelayQueue queue;
  std::promise<TimePoint> ran;
  const TimePoint due = SteadyClock().now() + 5ms;
  queue.add(due, [&] { ran.set_value(SteadyClock().now()); });
  EXPECT_GE(ran.get_future().get(), due);
}

TEST(DelayQueue, AnActionMayAddAnother) {
  DelayQueue queue;
  std::promise<void> second;
  queue.add(TimePoint(), [&] { queue.add(TimePoint(), [&] { second.set_value(); }); });
  second.get_future().wait();
}

TEST(DelayQueue, FinishingRunsWhatStillWaitsAtOnce) {
  int runs = 0;
  DelayQueue queue;
  EXPECT_TRUE(queue.add(SteadyClock().now() + 1h, [&] { ++runs; }));
  EXPECT_TRUE(queue.add(SteadyClock().now() + 2h, [&] { ++runs; }));
  queue.finish();
  EXPECT_EQ(runs, 2);
}

TEST(DelayQueue, TakesNothingMoreOnceFinished) {
  DelayQueue queue;
  queue.finish();
  EXPECT_FALSE(queue.add(TimePoint(), [] { FAIL(); }));
  queue.finish();
}

}  // namespace
}  // namespace loadgate::server
