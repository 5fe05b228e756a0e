#include "live/history.h"

#include <gtest/gtest.h>

namespace loadgate::live {
namespace {

Point at(double second, double requests, double p50 = 10, double p95 = 20) {
  return {.at = second, .requests = requests, .p50 = p50, .p95 = p95};
}

TEST(History, KeepsEachSecondWhileThereIsRoom) {
  History history(4);
  for (int second = 1; second <= 4; ++second) history.add(at(second, 10.0 * second));
  ASSERT_EQ(history.points().size(), 4u);
  EXPECT_EQ(history.points()[2].at, 3);
  EXPECT_EQ(history.points()[2].requests, 30);
}

TEST(History, JoinsTwoAndTwoWhenThereWouldBeTooMany) {
  History history(4);
  for (int second = 1; second <= 5; ++second) history.add(at(second, 10.0 * second));
  ASSERT_EQ(history.points().size(), 3u);
  EXPECT_EQ(history.points()[0].at, 2);
  EXPECT_EQ(history.points()[0].requests, 15);
  EXPECT_EQ(history.points()[0].seconds, 2u);
  EXPECT_EQ(history.points()[2].at, 5);  // Half a point so far.
  history.add(at(6, 60));
  ASSERT_EQ(history.points().size(), 3u);
  EXPECT_EQ(history.points()[2].requests, 55);
}

TEST(History, LosesNoPeakAndCountsNoSecondWithoutAnswers) {
  History history(2);
  history.add(at(1, 1, 10, 900));
  history.add(at(2, 1, 0, 0));
  history.add(at(3, 1, 30, 40));
  EXPECT_EQ(history.points()[0].p95, 900);
  EXPECT_EQ(history.points()[0].p50, 10);
}

TEST(History, OfADayTakesNoMoreRoomThanItsBudget) {
  History history;
  constexpr int kDay = 24 * 60 * 60;
  for (int second = 1; second <= kDay; ++second) {
    history.add(at(second, 100));
    ASSERT_LE(history.points().size(), History::kBudget);
  }
  EXPECT_GE(history.points().size(), History::kBudget / 2);
  EXPECT_EQ(history.points().back().at, kDay);
  EXPECT_DOUBLE_EQ(history.points().front().requests, 100);
}

}  // namespace
}  // namespace loadgate::live
