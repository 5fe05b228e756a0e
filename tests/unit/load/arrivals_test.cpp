#include "load/arrivals.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using support::rate_stage;
using support::stage;

constexpr Nanoseconds kMoment = 1ns;

TEST(Arrivals, ComeEvenlyAtAHeldRate) {
  const Arrivals arrivals({rate_stage(20, 30s)});
  ASSERT_EQ(arrivals.count(), 600U);
  EXPECT_EQ(arrivals.due(0), 25ms);
  EXPECT_EQ(arrivals.due(1), 75ms);
  EXPECT_EQ(arrivals.due(599), 30s - 25ms);
  EXPECT_EQ(arrivals.by(25ms - kMoment), 0U);
  EXPECT_EQ(arrivals.by(25ms), 1U);
  EXPECT_EQ(arrivals.by(1h), 600U);
}

TEST(Arrivals, ComeOnlyInStagesOfRate) {
  const Arrivals arrivals({stage(5, 10s), rate_stage(2, 10s), stage(5, 10s), rate_stage(1, 10s)});
  ASSERT_EQ(arrivals.count(), 30U);
  EXPECT_EQ(arrivals.due(0), 10s + 250ms);
  EXPECT_EQ(arrivals.due(19), 20s - 250ms);
  EXPECT_EQ(arrivals.due(20), 30s + 500ms);
  EXPECT_EQ(arrivals.rate_at(5s), 0);
  EXPECT_EQ(arrivals.rate_at(10s), 2);
  EXPECT_EQ(arrivals.rate_at(25s), 0);
  EXPECT_EQ(Arrivals({stage(5, 10s)}).count(), 0U);
}

TEST(Arrivals, ClimbFromTheRateOfTheStageBefore) {
  // 10/s for 10 s, then to 30/s within 10 s: 200 on the way, 300 held.
  const Arrivals arrivals({rate_stage(10, 10s), rate_stage(30, 20s, 10s)});
  EXPECT_EQ(arrivals.count(), 100U + 200U + 300U);
  EXPECT_EQ(arrivals.by(20s), 300U);
  EXPECT_DOUBLE_EQ(arrivals.rate_at(15s), 20);
  EXPECT_DOUBLE_EQ(arrivals.rate_at(25s), 30);
}

TEST(Arrivals, ClimbFromNothingAfterAStageInUsers) {
  const Arrivals arrivals({stage(50, 10s), rate_stage(10, 20s, 10s)});
  EXPECT_EQ(arrivals.count(), 50U + 100U);
  EXPECT_EQ(arrivals.by(15s), 13U);  // 10/s² · (5 s)² ÷ 2 ÷ 10 = 12.5, rounded.
}

TEST(Arrivals, EndInsideAStageThatGoesDownToNothing) {
  const Arrivals arrivals({rate_stage(100, 1s), rate_stage(0, 10s, 10s), rate_stage(0, 10s)});
  EXPECT_EQ(arrivals.count(), 600U);
  EXPECT_LT(arrivals.due(599), 11s);
}

TEST(Arrivals, AreRoundedToWholeOnesInEachStage) {
  EXPECT_EQ(Arrivals({rate_stage(1.0 / 60, 20s)}).count(), 0U);
  EXPECT_EQ(Arrivals({rate_stage(1.0 / 60, 40s)}).count(), 1U);
  EXPECT_EQ(Arrivals({rate_stage(1.0 / 60, 40s), rate_stage(1.0 / 60, 40s)}).count(), 2U);
}

TEST(Arrivals, ComeAtTheMomentsTheyAreGiven) {
  const Arrivals arrivals({rate_stage(2, 2s, 1s), rate_stage(3, 1s)}, {5ms, 1s, 2s, 2900ms});
  ASSERT_EQ(arrivals.count(), 4U);
  EXPECT_EQ(arrivals.due(0), 5ms);
  EXPECT_EQ(arrivals.due(3), 2900ms);
  EXPECT_EQ(arrivals.by(5ms - kMoment), 0U);
  EXPECT_EQ(arrivals.by(5ms), 1U);
  EXPECT_EQ(arrivals.by(2s - kMoment), 2U);
  EXPECT_EQ(arrivals.by(1h), 4U);
  EXPECT_EQ(arrivals.rate_at(0s), 2);
  EXPECT_EQ(arrivals.rate_at(2s), 3);
  EXPECT_EQ(Arrivals({rate_stage(2, 2s)}, {}).count(), 0U);
}

std::vector<plan::Stage> random_stages(Random& random) {
  std::vector<plan::Stage> stages;
  const std::uint64_t count = 1 + random.below(5);
  for (std::uint64_t i = 0; i < count; ++i) {
    const Nanoseconds duration(random.between(1'000'000, 20'000'000'000));
    const Nanoseconds ramp =
        random.below(2) == 0 ? 0ns : Nanoseconds(random.between(0, duration.count()));
    if (random.below(4) == 0) {
      stages.push_back(stage(3, duration, ramp));
    } else {
      const double rate = random.below(5) == 0 ? 0 : std::pow(10.0, random.unit() * 4 - 1);
      stages.push_back(rate_stage(rate, duration, ramp));
    }
  }
  return stages;
}

double integral(const std::vector<plan::Stage>& stages, std::size_t index) {
  const plan::Stage& stage = stages[index];
  const bool has_before = index > 0 && stages[index - 1].is_open();
  const double from = has_before ? stages[index - 1].rate : 0;
  return seconds(stage.ramp) * (from + stage.rate) / 2 +
         seconds(stage.duration - stage.ramp) * stage.rate;
}

TEST(Arrivals, AreOrderedAndCountedAsTheyAreDueOverAnyRamps) {
  Random random(20'260'103);
  for (int round = 0; round < 200; ++round) {
    const std::vector<plan::Stage> stages = random_stages(random);
    const Arrivals arrivals(stages);
    Nanoseconds before = -kMoment;
    const std::uint64_t step = 1 + arrivals.count() / 2000;
    for (std::uint64_t n = 0; n < arrivals.count(); n += 1 + random.below(2 * step)) {
      const Nanoseconds due = arrivals.due(n);
      ASSERT_GT(due, before);
      ASSERT_EQ(arrivals.by(due), n + 1);
      ASSERT_EQ(arrivals.by(due - kMoment), n);
      ASSERT_GE(arrivals.rate_at(due), 0);
      ASSERT_TRUE(n == 0 || arrivals.due(n - 1) < due);
      before = due;
    }
  }
}

TEST(Arrivals, GiveEachStageItsIntegral) {
  Random random(77);
  for (int round = 0; round < 200; ++round) {
    const std::vector<plan::Stage> stages = random_stages(random);
    const Arrivals arrivals(stages);
    Nanoseconds start{};
    for (std::size_t i = 0; i < stages.size(); ++i) {
      const Nanoseconds end = start + stages[i].duration;
      const auto here =
          static_cast<double>(arrivals.by(end - kMoment) - arrivals.by(start - kMoment));
      ASSERT_NEAR(here, stages[i].is_open() ? integral(stages, i) : 0, 0.501);
      start = end;
    }
  }
}

}  // namespace
}  // namespace loadgate::load
