#include "reader/read_duet.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

plan::Duet duet_of(std::string_view more) { return right(with_tasks("[{ get: / }]", more)).duet; }

TEST(ReadDuet, FindsItsRateByATrialAndRestartsForEachEpochUnlessToldOtherwise) {
  EXPECT_EQ(duet_of("").rate, std::nullopt);
  EXPECT_EQ(duet_of("").restart, plan::Restart::each_epoch);
  EXPECT_EQ(duet_of("duet: {}").rate, std::nullopt);
}

TEST(ReadDuet, ReadsTheRateInIterationsASecond) {
  EXPECT_EQ(duet_of("duet: { rate: 120/s }").rate, 120);
  EXPECT_EQ(duet_of("duet: { rate: 90/m }").rate, 1.5);
}

TEST(ReadDuet, ReadsWhenBuildsAreStartedAgain) {
  EXPECT_EQ(duet_of("duet: { restart: never }").restart, plan::Restart::never);
  EXPECT_EQ(duet_of("duet: { restart: each_epoch }").restart, plan::Restart::each_epoch);
}

}  // namespace
}  // namespace loadgate::reader
