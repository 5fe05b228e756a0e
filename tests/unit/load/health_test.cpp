#include "load/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::EndsWith;
using testing::IsEmpty;

Sealed second(std::uint32_t number, std::uint64_t sends, std::uint64_t late, Nanoseconds lag) {
  Sealed sealed;
  sealed.batch.second = number;
  sealed.batch.loop_lag.record(lag, 100);
  sealed.batch.lateness.record(lag, 100);
  sealed.timed_sends = sends;
  sealed.late_sends = late;
  return sealed;
}

SelfWatch ten_seconds_of_which(unsigned bad, std::uint64_t late, Nanoseconds lag) {
  SelfWatch watch;
  for (std::uint32_t i = 0; i < 10; ++i) {
    watch.add(i < bad ? second(i, 100, late, lag) : second(i, 100, 0, 50us));
  }
  return watch;
}

TEST(Health, IsGoodWhereTheGeneratorKeptUp) {
  const metrics::Health health =
      judge_health(ten_seconds_of_which(1, 1, 1ms),
                   {.cpu_share = 0.2, .busiest_worker = 0.3, .loop_lag_p99 = 1ms, .reconnects = 4});
  EXPECT_THAT(health.invalid, IsEmpty());
  EXPECT_THAT(health.warnings, IsEmpty());
  EXPECT_DOUBLE_EQ(health.late_share, 0.001);
  EXPECT_DOUBLE_EQ(health.cpu_share, 0.2);
  EXPECT_DOUBLE_EQ(health.busiest_worker, 0.3);
  EXPECT_EQ(health.loop_lag_p99, 1ms);
  EXPECT_NEAR(seconds(health.lateness_p50), 50e-6, 1e-6);
  EXPECT_NEAR(seconds(health.lateness_p99), 1e-3, 1e-5);
  EXPECT_EQ(health.reconnects, 4U);
}

TEST(Health, CountsArrivalsAndWhatWasDropped) {
  SelfWatch watch;
  Sealed sealed = second(0, 10, 0, 50us);
  sealed.arrivals = 100;
  sealed.dropped = 3;
  watch.add(sealed);
  watch.add(sealed);
  const metrics::Health health = judge_health(watch, {});
  EXPECT_EQ(health.arrivals, 200U);
  EXPECT_EQ(health.dropped, 6U);
  EXPECT_THAT(health.invalid, IsEmpty());
}

TEST(Health, IsInvalidWhereRequestsWereLateAgainAndAgain) {
  const metrics::Health health = judge_health(ten_seconds_of_which(3, 50, 1ms), {});
  EXPECT_THAT(
      health.invalid,
      ElementsAre("the load generator sent 15 % of its requests more than 10 ms late (at "
                  "most 1.0 %): give it more threads (--workers) or an idle machine, or use "
                  "fewer users"));
}

TEST(Health, AdvisesALowerRateWhereOneWasAsked) {
  SelfWatch watch = ten_seconds_of_which(3, 50, 1ms);
  watch.arrivals = 1000;
  EXPECT_THAT(judge_health(watch, {.out_of_descriptors = 3}).invalid,
              ElementsAre(EndsWith("or use fewer users or a lower rate"),
                          EndsWith("or use fewer users or a lower rate")));
}

TEST(Health, OnlyWarnsOfOneHiccup) {
  const metrics::Health health =
      judge_health(ten_seconds_of_which(2, 50, 90ms), {.loop_lag_p99 = 90ms});
  EXPECT_THAT(health.invalid, IsEmpty());
  EXPECT_THAT(health.warnings,
              ElementsAre("the load generator sent 10 % of its requests more than 10 ms late (at "
                          "most 1.0 %), in a hiccup of the machine",
                          "the load generator took 90.0 ms to get to finished requests (p99, at "
                          "most 5.00 ms), in a hiccup of the machine"));
}

TEST(Health, IsInvalidWhereTheLoopLaggedAgainAndAgain) {
  const metrics::Health health =
      judge_health(ten_seconds_of_which(5, 0, 8ms), {.loop_lag_p99 = 8ms});
  EXPECT_THAT(health.invalid,
              ElementsAre("the load generator took 8.00 ms to get to finished requests (p99, at "
                          "most 5.00 ms): give it more threads (--workers) or an idle machine, or "
                          "use fewer users"));
}

TEST(Health, TakesHalfOfAShortRunForLasting) {
  SelfWatch watch;
  watch.add(second(0, 100, 50, 1ms));
  EXPECT_EQ(judge_health(watch, {}).invalid.size(), 1U);
}

TEST(Health, OnlyWarnsOfLagAndCpuWhereUsersHaveNoWait) {
  const metrics::Health health =
      judge_health(ten_seconds_of_which(10, 0, 8ms),
                   {.busiest_worker = 0.97, .loop_lag_p99 = 8ms, .is_saturated = true});
  EXPECT_THAT(health.invalid, IsEmpty());
  EXPECT_THAT(health.warnings,
              ElementsAre("the load generator took 8.00 ms to get to finished requests (p99, at "
                          "most 5.00 ms): users without any wait keep it busy; response times "
                          "include that",
                          "a worker of the load generator used 97 % of its core: throughput may be "
                          "limited by it, not by the service"));
}

TEST(Health, IsInvalidWhereDescriptorsRanOut) {
  EXPECT_THAT(judge_health({}, {.out_of_descriptors = 3}).invalid,
              ElementsAre("3 requests found no free file descriptor or port: raise the limits "
                          "(ulimit -n, net.ipv4.ip_local_port_range) or use fewer users"));
}

TEST(Health, WarnsOfOtherGuestsOfTheHost) {
  EXPECT_THAT(judge_health({}, {.steal_share = 0.08}).warnings,
              ElementsAre("other guests of the host took 8.0 % of this machine's CPU time"));
}

TEST(Health, CountsASecondOnceHoweverManyWorkersReportIt) {
  Seconds seconds;
  for (const std::uint32_t number : {0U, 0U, 3U, 3U, 3U, 4U}) seconds.count(number);
  EXPECT_EQ(seconds.count(), 3U);
}

TEST(Health, WhatDelaysBothSidesOfAPairAlikeSpoilsNothing) {
  SelfWatch watch;
  watch.wanted = kOfPairs;
  watch.timed_sends = 1000;
  watch.late_sends = 150;
  watch.late_seconds.count(1);
  Spent spent;
  spent.loop_lag_p99 = 30ms;
  EXPECT_TRUE(judge_health(watch, spent).invalid.empty());
  watch.late_sends = 250;
  ASSERT_EQ(judge_health(watch, spent).invalid.size(), 1U);
  EXPECT_NE(judge_health(watch, spent).invalid[0].find("(at most 20 %)"), std::string::npos);
}

}  // namespace
}  // namespace loadgate::load
