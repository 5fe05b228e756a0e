#include "metrics/resource_use.h"

#include <gtest/gtest.h>

#include "support/sample_duet.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

// 100 ms each second until 4 s, then 500 ms each.
ResourceUse rising_use() {
  ResourceUse use;
  use.name = "service";
  for (int second = 0; second <= 8; ++second) {
    const auto cpu = second <= 4 ? second * 100ms : 400ms + (second - 4) * 500ms;
    use.points.push_back({.at = std::chrono::seconds(second), .cpu = cpu});
  }
  return use;
}

TEST(CpuWithin, LiesBetweenPointsOnAStraightLine) {
  const ResourceUse use = rising_use();
  EXPECT_EQ(cpu_within(use, {.from = 0s, .to = 8s}), 2400ms);
  EXPECT_EQ(cpu_within(use, {.from = 1s, .to = 3s}), 200ms);
  EXPECT_EQ(cpu_within(use, {.from = 3500ms, .to = 4500ms}), 300ms);
  EXPECT_EQ(cpu_within(use, {.from = 5200ms, .to = 5300ms}), 50ms);
}

TEST(CpuWithin, IsNothingWhereThePointsDoNotCoverTheSpan) {
  const ResourceUse use = rising_use();
  EXPECT_EQ(cpu_within(use, {.from = 1s, .to = 9s}), std::nullopt);
  EXPECT_EQ(cpu_within(use, {.from = 3s, .to = 3s}), std::nullopt);
  EXPECT_EQ(cpu_within({}, {.from = 0s, .to = 1s}), std::nullopt);
  ResourceUse late = use;
  late.points.erase(late.points.begin());
  EXPECT_EQ(cpu_within(late, {.from = 0s, .to = 8s}), std::nullopt);
}

TEST(CpuWithin, AFirstPointRightAfterTheStartCoversIt) {
  ResourceUse use = rising_use();
  use.points.front().at = 80us;
  use.points.back().at = 8s - 30ms;
  EXPECT_EQ(cpu_within(use, {.from = 0s, .to = 8s}), 2400ms);
}

TEST(CpuWithin, PointsOfOneMomentAndFallingOnesGiveNoNonsense) {
  ResourceUse use = rising_use();
  use.points[5].at = use.points[4].at;
  EXPECT_EQ(cpu_within(use, {.from = 0s, .to = 4s}), 900ms);
  use.points[8].cpu = 0s;
  EXPECT_EQ(cpu_within(use, {.from = 4s, .to = 8s}), 0s);
}

TEST(JudgedCpu, IsTheSumOfTheServicesThatAreJudged) {
  const Interval span{.from = 1s, .to = 3s};
  std::vector<ResourceUse> services = {rising_use(), rising_use(), rising_use()};
  services[1].is_judged = false;
  EXPECT_EQ(judged_cpu_within(services, span), 400ms);
  services[1].points.clear();
  EXPECT_EQ(judged_cpu_within(services, span), 400ms);
  services[2].points.clear();
  EXPECT_EQ(judged_cpu_within(services, span), std::nullopt) << "a part is not the whole";
  EXPECT_EQ(judged_cpu_within({}, span), std::nullopt);
}

TEST(SharesWithin, AreOfAllCoresAndPressureOfTheTime) {
  const MachineUse machine = support::sample_machine(0, 10);
  const std::optional<MachineShares> shares = shares_within(machine, {.from = 2s, .to = 7s});
  ASSERT_TRUE(shares);
  EXPECT_DOUBLE_EQ(shares->busy, 0.5);
  EXPECT_DOUBLE_EQ(shares->stolen, 0.01);
  EXPECT_DOUBLE_EQ(shares->pressure, 0.1);
  EXPECT_DOUBLE_EQ(shares->own, 0.1);
}

TEST(SharesWithin, AreNothingWhereTheMachineWasNotWatched) {
  MachineUse machine = support::sample_machine(0, 10);
  EXPECT_FALSE(shares_within(machine, {.from = 2s, .to = 11s}));
  machine.cores = 0;
  EXPECT_FALSE(shares_within(machine, {.from = 2s, .to = 7s}));
  EXPECT_FALSE(shares_within({}, {.from = 2s, .to = 7s}));
}

}  // namespace
}  // namespace loadgate::metrics
