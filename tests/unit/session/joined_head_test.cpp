#include "session/joined_head.h"

#include <gtest/gtest.h>

namespace loadgate::session {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

metrics::FailureSample sample(Nanoseconds at, Nanoseconds took) {
  metrics::FailureSample made;
  made.at = at;
  made.response_time = took;
  return made;
}

metrics::Epoch epoch_at(Nanoseconds began) {
  metrics::Epoch epoch;
  epoch.began = began;
  return epoch;
}

TEST(JoinedHead, CountsFailuresOfAllEpochsAndKeepsTheFirst) {
  JoinedHead joined;
  metrics::RunResult head;
  head.failures = {{2, metrics::ErrorKind::timed_out, 7, {}}};
  for (int i = 0; i < 7; ++i) head.failures[0].samples.push_back(sample(seconds(i), {}));
  joined.add(head, epoch_at({}));
  joined.add(head, epoch_at(seconds(10)));
  metrics::RunResult result;
  joined.finish(result);
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_EQ(result.failures[0].count, 14U);
  ASSERT_EQ(result.failures[0].samples.size(), metrics::kSamplesPerKind);
  EXPECT_EQ(result.failures[0].samples[7].at, seconds(10)) << "times are the duet's";
}

TEST(JoinedHead, KeepsTheSlowestOfAllEpochs) {
  JoinedHead joined;
  for (const int took : {30, 90, 10, 50}) {
    metrics::RunResult head;
    head.slowest = {{0, {sample({}, milliseconds(took))}}};
    joined.add(head, epoch_at({}));
  }
  metrics::RunResult result;
  joined.finish(result);
  ASSERT_EQ(result.slowest.size(), 1U);
  ASSERT_EQ(result.slowest[0].samples.size(), metrics::kSlowSamples);
  EXPECT_EQ(result.slowest[0].samples[0].response_time, milliseconds(90));
  EXPECT_EQ(result.slowest[0].samples[2].response_time, milliseconds(30));
}

TEST(JoinedHead, SaysHowTheGeneratorDidOverAllEpochs) {
  JoinedHead joined;
  metrics::RunResult head;
  head.health.cpu_share = 0.2;
  head.health.loop_lag_p99 = milliseconds(1);
  head.health.arrivals = 100;
  head.health.warnings = {"busy"};
  joined.add(head, epoch_at({}));
  head.health.cpu_share = 0.4;
  head.health.loop_lag_p99 = milliseconds(3);
  joined.add(head, epoch_at({}));
  metrics::RunResult result;
  result.health.invalid = {"base: it did not start"};
  joined.finish(result);
  EXPECT_DOUBLE_EQ(result.health.cpu_share, 0.3);
  EXPECT_EQ(result.health.loop_lag_p99, milliseconds(3));
  EXPECT_EQ(result.health.arrivals, 200U);
  EXPECT_EQ(result.health.warnings, std::vector<std::string>{"busy"});
  EXPECT_EQ(result.health.invalid, std::vector<std::string>{"base: it did not start"});
}

}  // namespace
}  // namespace loadgate::session
