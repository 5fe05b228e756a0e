#include "monitor/course.h"

#include <gtest/gtest.h>

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

const Use kUse{.cpu = 2s, .memory = 700, .processes = 3};

TEST(Course, KeepsWhatWasRead) {
  Course course("web", false);
  course.add(1ms, kUse);
  course.add(1s, kUse);
  const metrics::ResourceUse use = std::move(course).finish();
  EXPECT_EQ(use.name, "web");
  EXPECT_FALSE(use.is_judged);
  EXPECT_EQ(use.trouble, "");
  ASSERT_EQ(use.points.size(), 2U);
  EXPECT_EQ(use.points[1].at, 1s);
  EXPECT_EQ(use.points[1].cpu, 2s);
  EXPECT_EQ(use.points[1].memory, 700U);
  EXPECT_EQ(use.points[1].processes, 3U);
}

TEST(Course, RisesInTime) {
  Course course("web", true);
  for (const Nanoseconds at : {1000ms, 1000ms, 900ms, 2000ms}) course.add(at, kUse);
  EXPECT_EQ(std::move(course).finish().points.size(), 2U);
}

TEST(Course, OfNothingHasNoPointsAndSaysWhy) {
  Course course("web", true);
  course.add(0s, failure("nothing listens on port 8000"));
  course.add(1s, failure("nothing listens on port 8000"));
  const metrics::ResourceUse use = std::move(course).finish();
  EXPECT_TRUE(use.points.empty());
  EXPECT_EQ(use.trouble, "nothing listens on port 8000");
}

TEST(Course, SaysHowLongItMissedWhatItHad) {
  Course course("web", true);
  course.add(0s, kUse);
  course.add(4s, kUse);
  course.add(5s, failure("nothing listens on port 8000"));
  course.add(6s, failure("nothing listens on port 8000"));
  course.add(8s, kUse);
  const metrics::ResourceUse use = std::move(course).finish();
  EXPECT_EQ(use.trouble, "for 2.00 s of 8.00 s: nothing listens on port 8000");
  ASSERT_EQ(use.points.size(), 5U);
  EXPECT_EQ(use.points[3].cpu, 2s) << "what it had spent stays spent";
  EXPECT_EQ(use.points[3].memory, 0U);
}

TEST(Course, CountsNothingThatCountsElsewhere) {
  Course service("service", true);
  Course web("web", true);
  web.add(0s, kUse);
  web.leave_judging_to(service);
  const metrics::ResourceUse use = std::move(web).finish();
  EXPECT_FALSE(use.is_judged);
  EXPECT_EQ(use.trouble, "it has processes that count as service already");
  EXPECT_EQ(use.points.size(), 1U) << "it is shown all the same";
}

TEST(NextWake, IsTheNextSecondOrMark) {
  const std::vector<Nanoseconds> marks = {1500ms, 2s, 2300ms};
  EXPECT_EQ(next_wake(-200ms, marks), 0s);
  EXPECT_EQ(next_wake(0s, marks), 1s);
  EXPECT_EQ(next_wake(1s, marks), 1500ms);
  EXPECT_EQ(next_wake(1500ms, marks), 2s);
  EXPECT_EQ(next_wake(2s, marks), 2300ms);
  EXPECT_EQ(next_wake(2300ms, marks), 3s);
  EXPECT_EQ(next_wake(3s, {}), 4s);
}

TEST(MachinePoints, CountFromTheFirst) {
  const metrics::MachinePoint first{.at = 1s, .busy = 10s, .stolen = 5s, .pressure = 0s, .own = 2s};
  const metrics::MachinePoint later{.at = 2s, .busy = 12s, .stolen = 4s, .pressure = 1s, .own = 3s};
  const metrics::MachinePoint point = since(first, later);
  EXPECT_EQ(point.at, 2s);
  EXPECT_EQ(point.busy, 2s);
  EXPECT_EQ(point.stolen, 0s) << "some hosts take it back";
  EXPECT_EQ(point.pressure, 1s);
  EXPECT_EQ(point.own, 1s);
}

}  // namespace
}  // namespace loadgate::monitor
