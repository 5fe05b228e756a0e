#include "gate/duet_looks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_duet.h"

namespace loadgate::gate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<Level> kShop{{"GET /", 10, 30, 1000}, {"GET /list", 40, 90, 1000}};

TEST(DuetLooks, AsManyEpochsAsFitIntoTwoHundredSecondsButAtMostTwenty) {
  using std::chrono::seconds;
  EXPECT_EQ(most_epochs(seconds(8)), 20);
  EXPECT_EQ(most_epochs(seconds(10)), 20);
  EXPECT_EQ(most_epochs(seconds(11)), 18);
  EXPECT_EQ(most_epochs(seconds(20)), 10);
  EXPECT_EQ(most_epochs(seconds(33)), 6);
  EXPECT_EQ(most_epochs(seconds(34)), 5);
}

TEST(DuetLooks, AreCutToTheEpochsThereCanBe) {
  EXPECT_THAT(planned_looks(20), ElementsAre(6, 10, 14, 20));
  EXPECT_THAT(planned_looks(50), ElementsAre(6, 10, 14, 20));
  EXPECT_THAT(planned_looks(14), ElementsAre(6, 10, 14));
  EXPECT_THAT(planned_looks(12), ElementsAre(6, 10, 12));
  EXPECT_THAT(planned_looks(6), ElementsAre(6));
  EXPECT_THAT(planned_looks(5), IsEmpty());
  EXPECT_THAT(planned_looks(0), IsEmpty());
}

TEST(DuetLooks, ADuetOfLikeWithLikeEndsAtItsFirstLook) {
  EXPECT_FALSE(is_decided(made_duet(0, slower_head(kShop))));
  EXPECT_FALSE(is_decided(made_duet(5, slower_head(kShop))));
  EXPECT_TRUE(is_decided(made_duet(6, slower_head(kShop))));
}

TEST(DuetLooks, ARegressionEndsADuet) {
  EXPECT_FALSE(is_decided(made_duet(5, slower_head(kShop, 1.5))));
  EXPECT_TRUE(is_decided(made_duet(6, slower_head(kShop, 1.5))));
}

TEST(DuetLooks, WhatIsUndecidedGoesOnToTheLastLook) {
  const auto noisy = [](std::uint32_t epoch, metrics::Side side) {
    const bool is_high = side == metrics::Side::head && epoch % 2 == 0;
    return MadeSide{slower(kShop, is_high ? 1.5 : 1)};
  };
  for (const std::uint32_t epochs : {6U, 9U, 10U, 14U, 19U}) {
    EXPECT_FALSE(is_decided(made_duet(epochs, noisy))) << epochs;
  }
  EXPECT_TRUE(is_decided(made_duet(20, noisy)));
  EXPECT_TRUE(is_decided(made_duet(21, noisy)));
  EXPECT_TRUE(is_decided(made_duet(12, noisy, 12)));
}

TEST(DuetLooks, SpoiltEpochsBringNoLookNearerAndBetweenLooksNothingIsDecided) {
  metrics::RunResult run = made_duet(6, slower_head(kShop));
  run.duet->epochs[2].spoilt = "the generator sent late";
  EXPECT_FALSE(is_decided(run));
  add_epoch(run, slower_head(kShop));
  EXPECT_TRUE(is_decided(run));
  add_epoch(run, slower_head(kShop));
  EXPECT_FALSE(is_decided(run));
}

TEST(DuetLooks, EpochsWithNothingHeldBringNoLookNearer) {
  metrics::RunResult run = made_duet(5, slower_head(kShop));
  add_epoch(run, slower_head({}));
  EXPECT_FALSE(is_decided(run));
  add_epoch(run, slower_head(kShop));
  EXPECT_TRUE(is_decided(run));
}

TEST(DuetLooks, ADuetThatIsRefusedEverythingEndsAtItsFirstLook) {
  const auto refusing = slower_head({{"GET /", 10, 30, 1000, 1000}});
  EXPECT_FALSE(is_decided(made_duet(5, refusing)));
  EXPECT_TRUE(is_decided(made_duet(6, refusing)));
}

TEST(DuetLooks, ASideThatIsGoneEndsADuetAtOnce) {
  metrics::RunResult run = made_duet(1, slower_head(kShop));
  run.duet->epochs[0].head.died = "it was ended by signal 11";
  EXPECT_TRUE(is_decided(run));
  run.duet->epochs[0].head.died = "";
  run.duet->epochs[0].base.died = "it ended with status 1";
  EXPECT_TRUE(is_decided(run));
}

TEST(DuetLooks, EpochsAfterTheLookThatDecidedChangeNoVerdict) {
  const auto later_slow = [](std::uint32_t epoch, metrics::Side side) {
    return slower_head(kShop, epoch >= 6 ? 3 : 1)(epoch, side);
  };
  const Verdict verdict = judge(made_duet(14, later_slow), std::nullopt);
  EXPECT_EQ(verdict.conclusion, Conclusion::passed) << verdict.sentence;
  EXPECT_EQ(verdict.comparisons.front().epochs, 6);
}

TEST(DuetLooks, OnceFailedIsFailed) {
  const auto first_slow = [](std::uint32_t epoch, metrics::Side side) {
    return slower_head(kShop, epoch < 6 ? 1.5 : 0.5)(epoch, side);
  };
  EXPECT_EQ(judge(made_duet(20, first_slow), std::nullopt).conclusion, Conclusion::regression);
}

TEST(DuetLooks, ADuetThatEndedBetweenLooksIsLookedAtOnceMore) {
  const auto noisy = [](std::uint32_t epoch, metrics::Side side) {
    const bool is_high = side == metrics::Side::head && epoch % 2 == 0;
    return MadeSide{slower(kShop, is_high ? 1.5 : 1)};
  };
  const Verdict verdict = judge(made_duet(9, noisy), std::nullopt);
  ASSERT_EQ(verdict.duet->looks.size(), 2U);
  EXPECT_EQ(verdict.duet->looks[0].epochs, 6);
  EXPECT_EQ(verdict.duet->looks[1].epochs, 9);
  EXPECT_NEAR(verdict.duet->looks[1].level, 0.01 / 4, 1e-12);
}

}  // namespace
}  // namespace loadgate::gate
