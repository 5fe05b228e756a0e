#include "metrics/tally.h"

#include <gtest/gtest.h>

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

Sample answered(Nanoseconds time) {
  Sample sample;
  sample.status = 200;
  sample.response_time = time;
  sample.phases = {
      .dns = 1us, .connect = 2us, .tls = 3us, .send = 4us, .wait = 5us, .receive = 6us};
  sample.bytes_sent = 10;
  sample.bytes_received = 100;
  return sample;
}

Sample failing(ErrorKind kind, std::uint16_t status) {
  Sample sample = answered(1ms);
  sample.error = kind;
  sample.status = status;
  return sample;
}

TEST(Tally, CountsRequestsFailuresAndBytes) {
  Tally tally;
  tally.add(answered(2ms));
  tally.add(failing(ErrorKind::unexpected_status, 500));
  tally.add(failing(ErrorKind::could_not_connect, 0));

  EXPECT_EQ(tally.requests, 3u);
  EXPECT_EQ(tally.failures(), 2u);
  EXPECT_DOUBLE_EQ(tally.error_rate(), 2.0 / 3);
  EXPECT_EQ(tally.bytes_sent, 30u);
  EXPECT_EQ(tally.bytes_received, 300u);
  EXPECT_EQ(tally.phases.tls, 9us);
  EXPECT_EQ(tally.response_times.count(), 2u) << "a refused connection says nothing of speed";
}

TEST(Tally, CountsServiceTimesOfOpenStagesOnly) {
  Sample sample = answered(2s);
  sample.service_time = 3ms;
  Tally tally;
  tally.add(sample);
  EXPECT_TRUE(tally.service_times.empty());
  sample.is_open = true;
  tally.add(sample);
  EXPECT_EQ(tally.response_times.count(), 2u);
  EXPECT_EQ(tally.service_times.count(), 1u);
  EXPECT_LT(tally.service_times.max(), 4ms);
}

TEST(Tally, AnArrivalThatNoUserWasFreeForFailsWithoutAnyTime) {
  Sample sample;
  sample.error = ErrorKind::no_user_free;
  sample.is_open = true;
  Tally tally;
  tally.add(sample);
  EXPECT_EQ(tally.requests, 1u);
  EXPECT_EQ(tally.failures(), 1u);
  EXPECT_TRUE(tally.response_times.empty());
  EXPECT_TRUE(tally.service_times.empty());
}

TEST(Tally, CancelledRequestsAreNotRequests) {
  Tally tally;
  tally.add(failing(ErrorKind::cancelled, 0));

  EXPECT_EQ(tally.requests, 0u);
  EXPECT_EQ(tally.failures(), 0u);
  EXPECT_EQ(tally.cancelled, 1u);
  EXPECT_EQ(tally.bytes_sent, 0u);
  EXPECT_DOUBLE_EQ(tally.error_rate(), 0);
}

TEST(Tally, MergingEqualsCountingTogether) {
  Tally one;
  Tally two;
  Tally together;
  for (int i = 1; i <= 100; ++i) {
    const Sample sample =
        i % 7 == 0 ? failing(ErrorKind::timed_out, 0) : answered(std::chrono::milliseconds(i));
    (i % 2 == 0 ? one : two).add(sample);
    together.add(sample);
  }
  one.merge(two);

  EXPECT_EQ(one.requests, together.requests);
  EXPECT_EQ(one.errors, together.errors);
  EXPECT_EQ(one.bytes_received, together.bytes_received);
  EXPECT_EQ(one.phases.wait, together.phases.wait);
  EXPECT_EQ(one.response_times, together.response_times);
}

TEST(Tally, SumsOfDamagedFilesDoNotOverflow) {
  Tally one;
  one.phases.wait = Nanoseconds(std::int64_t{1} << 61);
  Tally two = one;
  two.merge(one);
  EXPECT_EQ(two.phases.wait, one.phases.wait);
}

TEST(Tally, ClearForgetsEverything) {
  Tally tally;
  tally.add(failing(ErrorKind::tls, 0));
  tally.clear();

  EXPECT_EQ(tally.requests, 0u);
  EXPECT_EQ(tally.failures(), 0u);
  EXPECT_EQ(tally.phases.wait, 0ns);
  EXPECT_TRUE(tally.response_times.empty());
}

}  // namespace
}  // namespace loadgate::metrics
