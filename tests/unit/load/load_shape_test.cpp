#include "load/load_shape.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using support::stage;

constexpr Nanoseconds kMoment = 1ns;

TEST(LoadShape, StartsAllUsersAtOnceWithoutARamp) {
  const LoadShape shape({stage(7, 10s)});
  EXPECT_EQ(shape.users_at(0s), 7U);
  EXPECT_EQ(shape.users_at(10s - kMoment), 7U);
  EXPECT_EQ(shape.next_change(0s), 10s);
}

TEST(LoadShape, HasNobodyBeforeTheStartAndFromTheEndOn) {
  const LoadShape shape({stage(7, 10s)});
  EXPECT_EQ(shape.users_at(-kMoment), 0U);
  EXPECT_EQ(shape.users_at(10s), 0U);
  EXPECT_EQ(shape.users_at(11s), 0U);
  EXPECT_EQ(shape.next_change(-5s), 0s);
  EXPECT_EQ(shape.next_change(10s), std::nullopt);
}

TEST(LoadShape, StartsTheFirstUserOfARampAtOnceAndTheOthersAtEqualSteps) {
  const LoadShape shape({stage(4, 10s, 2s)});
  EXPECT_EQ(shape.users_at(0s), 1U);
  EXPECT_EQ(shape.users_at(500ms - kMoment), 1U);
  EXPECT_EQ(shape.users_at(500ms), 2U);
  EXPECT_EQ(shape.users_at(1s), 3U);
  EXPECT_EQ(shape.users_at(1500ms), 4U);
  EXPECT_EQ(shape.next_change(0s), 500ms);
  EXPECT_EQ(shape.next_change(500ms - kMoment), 500ms);
  EXPECT_EQ(shape.next_change(500ms), 1s);
  EXPECT_EQ(shape.next_change(1500ms), 10s);
}

TEST(LoadShape, RetiresTheSameWayDown) {
  const LoadShape shape({stage(4, 10s), stage(1, 10s, 3s)});
  EXPECT_EQ(shape.users_at(10s - kMoment), 4U);
  EXPECT_EQ(shape.users_at(10s), 3U);
  EXPECT_EQ(shape.users_at(11s), 2U);
  EXPECT_EQ(shape.users_at(12s), 1U);
  EXPECT_EQ(shape.users_at(20s - kMoment), 1U);
  EXPECT_EQ(shape.next_change(10s), 11s);
  EXPECT_EQ(shape.next_change(12s), 20s);
}

TEST(LoadShape, ClimbsFromWhereTheStageBeforeEnded) {
  const LoadShape shape({stage(10, 10s), stage(30, 60s, 20s), stage(30, 30s), stage(0, 5s)});
  EXPECT_EQ(shape.users_at(10s), 11U);
  EXPECT_EQ(shape.users_at(11s), 12U);
  EXPECT_EQ(shape.users_at(29s), 30U);
  EXPECT_EQ(shape.users_at(99s), 30U);
  EXPECT_EQ(shape.users_at(100s), 0U);
  // A stage at the level of the one before changes nothing, nor does an end with nobody.
  EXPECT_EQ(shape.next_change(29s), 100s);
  EXPECT_EQ(shape.next_change(100s), std::nullopt);
  EXPECT_EQ(shape.length(), 105s);
  EXPECT_EQ(shape.most_users(), 30U);
}

TEST(LoadShape, GivesARampThatDoesNotDivideEvenlyWholeNanoseconds) {
  const LoadShape shape({stage(3, 1s, 10ns)});
  EXPECT_EQ(shape.next_change(0ns), 3ns);
  EXPECT_EQ(shape.next_change(3ns), 6ns);
  EXPECT_EQ(shape.users_at(2ns), 1U);
  EXPECT_EQ(shape.users_at(3ns), 2U);
  EXPECT_EQ(shape.users_at(6ns), 3U);
}

TEST(LoadShape, TakesMoreUsersThanNanosecondsInOneStep) {
  const LoadShape shape({stage(5, 1s, 2ns)});
  // Starts at 0, 0.4, 0.8, 1.2 and 1.6 ns.
  EXPECT_EQ(shape.users_at(0ns), 3U);
  EXPECT_EQ(shape.next_change(0ns), 1ns);
  EXPECT_EQ(shape.users_at(1ns), 5U);
  EXPECT_EQ(shape.next_change(1ns), 1s);
}

TEST(LoadShape, DoesNotOverflowWithAMillionUsersOverAWeek) {
  const Nanoseconds week = 24h * 7;
  const LoadShape shape({stage(1'000'000, week, week)});
  EXPECT_EQ(shape.users_at(week / 2 - kMoment), 500'000U);
  EXPECT_EQ(shape.users_at(week / 2), 500'001U);
  EXPECT_EQ(shape.users_at(week - kMoment), 1'000'000U);
}

TEST(LoadShape, NamesTheStageAtItsEdges) {
  const LoadShape shape({stage(1, 10s), stage(2, 20s), stage(3, 30s)});
  EXPECT_EQ(shape.stage_at(-1s), 0U);
  EXPECT_EQ(shape.stage_at(0s), 0U);
  EXPECT_EQ(shape.stage_at(10s - kMoment), 0U);
  EXPECT_EQ(shape.stage_at(10s), 1U);
  EXPECT_EQ(shape.stage_at(30s), 2U);
  EXPECT_EQ(shape.stage_at(60s), 2U);
  EXPECT_EQ(shape.stage_at(1h), 2U);
  EXPECT_EQ(shape.start_of(0), 0s);
  EXPECT_EQ(shape.start_of(2), 30s);
}

TEST(LoadShape, HoldsBetweenRampAndEnd) {
  const LoadShape shape({stage(5, 10s, 4s), stage(9, 6s, 6s), stage(2, 10s)});
  EXPECT_FALSE(shape.is_held(-kMoment));
  EXPECT_FALSE(shape.is_held(0s));
  EXPECT_FALSE(shape.is_held(4s - kMoment));
  EXPECT_TRUE(shape.is_held(4s));
  EXPECT_TRUE(shape.is_held(10s - kMoment));
  EXPECT_FALSE(shape.is_held(10s));  // A ramp over the whole stage holds nothing.
  EXPECT_FALSE(shape.is_held(16s - kMoment));
  EXPECT_TRUE(shape.is_held(16s));  // At once holds from the start.
  EXPECT_FALSE(shape.is_held(26s));
}

TEST(LoadShape, HoldsAllOfAStageWhereAllIsJudged) {
  const LoadShape shape({stage(5, 10s, 4s), stage(9, 6s, 6s)}, LoadShape::Held::all);
  EXPECT_TRUE(shape.is_held(0s));
  EXPECT_TRUE(shape.is_held(13s));
  EXPECT_FALSE(shape.is_held(16s));
}

TEST(LoadShape, HasNoUsersWhereARateIsGiven) {
  const LoadShape shape({stage(4, 10s), support::rate_stage(50, 10s, 5s), stage(6, 10s, 3s)});
  EXPECT_EQ(shape.users_at(10s - kMoment), 4U);
  EXPECT_EQ(shape.users_at(10s), 0U) << "at once, though the rate climbs";
  EXPECT_EQ(shape.next_change(0s), 10s);
  EXPECT_EQ(shape.next_change(10s), 20s);
  EXPECT_EQ(shape.users_at(20s), 1U) << "from nothing";
  EXPECT_FALSE(shape.is_held(15s - kMoment));
  EXPECT_TRUE(shape.is_held(15s));
  EXPECT_EQ(shape.most_users(), 6U);
}

TEST(LoadShape, KnowsTheSpawnRateOfTheLastClimb) {
  const LoadShape shape(
      {stage(10, 10s, 5s), stage(10, 10s), stage(4, 10s, 6s), stage(24, 10s, 2s)});
  EXPECT_EQ(shape.spawn_gap(0s), 500ms);
  EXPECT_EQ(shape.spawn_gap(15s), 500ms);
  EXPECT_EQ(shape.spawn_gap(25s), 500ms);  // A descent spawns nobody.
  EXPECT_EQ(shape.spawn_gap(35s), 100ms);
  EXPECT_EQ(LoadShape({stage(10, 10s)}).spawn_gap(5s), 0s);
}

std::vector<plan::Stage> random_stages(Random& random) {
  std::vector<plan::Stage> stages;
  const std::uint64_t count = 1 + random.below(5);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Nanoseconds duration(1 + static_cast<Nanoseconds::rep>(random.below(100'000)));
    const Nanoseconds ramp(random.between(0, duration.count()));
    stages.push_back(stage(static_cast<unsigned>(random.below(50)), duration, ramp));
  }
  return stages;
}

// Whoever sleeps until next_change() wakes at a change, and sleeps through none.
TEST(LoadShape, ChangesExactlyWhereNextChangeSays) {
  Random random(20'260'102);
  for (int round = 0; round < 500; ++round) {
    const LoadShape shape(random_stages(random));
    Nanoseconds at = -kMoment;
    while (const std::optional<Nanoseconds> next = shape.next_change(at)) {
      ASSERT_GT(*next, at);
      ASSERT_NE(shape.users_at(*next), shape.users_at(at));
      ASSERT_EQ(shape.users_at(*next - kMoment), shape.users_at(at));
      const Nanoseconds between(random.between(at.count(), next->count() - 1));
      ASSERT_EQ(shape.users_at(between), shape.users_at(at));
      ASSERT_EQ(shape.next_change(between), next);
      at = *next;
    }
    ASSERT_EQ(shape.users_at(at), 0U);
    ASSERT_LE(at, shape.length());
  }
}

}  // namespace
}  // namespace loadgate::load
