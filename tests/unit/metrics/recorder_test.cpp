#include "metrics/recorder.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/sample_result.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

Sample sample_of(std::uint32_t request_name, std::uint16_t stage, bool held) {
  Sample sample;
  sample.request_name = request_name;
  sample.stage = stage;
  sample.held = held;
  sample.status = 200;
  sample.response_time = 5ms;
  return sample;
}

Sample failing(std::uint32_t request_name, ErrorKind kind) {
  Sample sample = sample_of(request_name, 0, true);
  sample.error = kind;
  return sample;
}

FailureSample seen_at(Nanoseconds at) {
  FailureSample sample;
  sample.at = at;
  sample.request.start_line = "GET / HTTP/1.1";
  return sample;
}

TEST(Recorder, SealsWhatWasRecordedSinceTheLastSeal) {
  Recorder recorder(2, 3);
  recorder.record(sample_of(2, 1, true));
  recorder.record(sample_of(2, 1, true));
  recorder.record(sample_of(2, 1, false));
  recorder.record_lag(1ms);

  const Batch first = recorder.seal(7);
  EXPECT_EQ(first.second, 7u);
  ASSERT_EQ(first.cells.size(), 2u);
  EXPECT_EQ(first.cells[0].request_name, 2u);
  EXPECT_EQ(first.cells[0].stage, 1u);
  EXPECT_TRUE(first.cells[0].held);
  EXPECT_EQ(first.cells[0].tally.requests, 2u);
  EXPECT_FALSE(first.cells[1].held);
  EXPECT_EQ(first.loop_lag.count(), 1u);

  recorder.record(sample_of(0, 0, false));
  const Batch second = recorder.seal(8);
  ASSERT_EQ(second.cells.size(), 1u);
  EXPECT_EQ(second.cells[0].request_name, 0u);
  EXPECT_EQ(second.cells[0].tally.requests, 1u);
  EXPECT_TRUE(second.loop_lag.empty());

  EXPECT_TRUE(recorder.seal(9).cells.empty());
}

TEST(Recorder, WantsOnlySoManyFailuresOfAKind) {
  Recorder recorder(1, 2);
  for (std::size_t i = 0; i < kSamplesPerKind; ++i) {
    EXPECT_TRUE(recorder.wants_failure(1, ErrorKind::tls));
    recorder.keep_failure(1, ErrorKind::tls, {});
    recorder.seal(static_cast<std::uint32_t>(i));
  }
  EXPECT_FALSE(recorder.wants_failure(1, ErrorKind::tls));
  EXPECT_TRUE(recorder.wants_failure(0, ErrorKind::tls));
  EXPECT_TRUE(recorder.wants_failure(1, ErrorKind::timed_out));

  recorder.keep_failure(1, ErrorKind::tls, {});
  EXPECT_TRUE(recorder.seal(99).failures.empty()) << "too many are dropped";
}

FailureSample slow_sample(Nanoseconds response_time, Nanoseconds at = {}) {
  FailureSample sample;
  sample.at = at;
  sample.response_time = response_time;
  return sample;
}

TEST(Recorder, WantsARequestOnlyWhereFewWereAsSlow) {
  Recorder recorder(1, 2);
  for (const auto time : {5ms, 9ms, 7ms}) {
    ASSERT_TRUE(recorder.wants_slow(0, time));
    recorder.keep_slow(0, slow_sample(time));
  }
  EXPECT_FALSE(recorder.wants_slow(0, 5ms));
  EXPECT_TRUE(recorder.wants_slow(0, 6ms));
  EXPECT_TRUE(recorder.wants_slow(1, 1ms)) << "another name";
  EXPECT_EQ(recorder.seal(0).slowest.size(), 3u);
  EXPECT_FALSE(recorder.wants_slow(0, 4ms)) << "sealing does not forget";
  EXPECT_TRUE(recorder.seal(1).slowest.empty());
}

TEST(Collector, KeepsTheSlowestOfAllWorkers) {
  Collector collector(1, 2);
  Recorder one(1, 2);
  Recorder two(1, 2);
  for (const auto time : {4ms, 6ms, 8ms}) one.keep_slow(1, slow_sample(time));
  for (const auto time : {5ms, 7ms}) two.keep_slow(1, slow_sample(time));
  two.keep_slow(0, slow_sample(1ms));
  collector.add(one.seal(0));
  collector.add(two.seal(0));
  RunResult result;
  collector.finish(result);

  ASSERT_EQ(result.slowest.size(), 2u);
  EXPECT_EQ(result.slowest[0].request_name, 0u);
  ASSERT_EQ(result.slowest[1].samples.size(), kSlowSamples);
  EXPECT_EQ(result.slowest[1].samples[0].response_time, 8ms);
  EXPECT_EQ(result.slowest[1].samples[1].response_time, 7ms);
  EXPECT_EQ(result.slowest[1].samples[2].response_time, 6ms);
}

TEST(Collector, JoinsTheBatchesOfWorkersInAnyOrder) {
  Recorder one(1, 1);
  Recorder two(1, 1);
  std::vector<Batch> batches;
  for (std::uint32_t second = 0; second < 5; ++second) {
    one.record(sample_of(0, 0, second >= 2));
    two.record(sample_of(0, 0, second >= 2));
    batches.push_back(one.seal(second));
    batches.push_back(two.seal(second));
  }
  Collector collector(1, 1);
  for (const std::size_t i : {3u, 0u, 9u, 1u, 8u, 2u, 7u, 5u, 4u, 6u}) {
    collector.add(std::move(batches[i]));
  }
  RunResult result;
  collector.finish(result);

  ASSERT_EQ(result.series.size(), 1u);
  const Series& series = result.series[0];
  EXPECT_EQ(series.all.requests, 10u);
  EXPECT_EQ(series.held.requests, 6u);
  ASSERT_EQ(series.windows.size(), 5u);
  for (std::uint32_t i = 0; i < 5; ++i) {
    EXPECT_EQ(series.windows[i].index, i);
    EXPECT_EQ(series.windows[i].requests, 2u);
    EXPECT_EQ(series.windows[i].response_times.size(), 1u);
    EXPECT_EQ(series.windows[i].response_times[0].second, 2u);
  }
}

TEST(Collector, SeriesAreSortedByKeyAndSecondsWithoutRequestsHaveNoWindow) {
  Recorder recorder(2, 2);
  recorder.record(sample_of(1, 1, true));
  recorder.record(sample_of(0, 1, true));
  recorder.record(sample_of(1, 0, true));
  Sample cancelled = sample_of(0, 0, true);
  cancelled.error = ErrorKind::cancelled;
  recorder.record(cancelled);
  Collector collector(2, 2);
  collector.add(recorder.seal(3));
  RunResult result;
  collector.finish(result);

  ASSERT_EQ(result.series.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(result.series[i].key.stage, i / 2);
    EXPECT_EQ(result.series[i].key.request_name, i % 2);
  }
  EXPECT_TRUE(result.series[0].windows.empty());
  EXPECT_EQ(result.series[0].all.cancelled, 1u);
  EXPECT_EQ(result.series[3].windows.size(), 1u);
}

// Every second of a run ten times as long as the budget, over two series.
RunResult long_run(std::uint32_t seconds, std::size_t budget, Histogram& times) {
  Recorder recorder(1, 2);
  Collector collector(1, 2, budget);
  Random random(1);
  for (std::uint32_t second = 0; second < seconds; ++second) {
    for (std::uint32_t i = 0; i < 3; ++i) {
      Sample sample = sample_of(i % 2, 0, true);
      sample.response_time = Nanoseconds(random.below(50'000'000));
      if (random.below(10) == 0) sample.error = ErrorKind::unexpected_status;
      recorder.record(sample);
      times.record(sample.response_time);
    }
    collector.add(recorder.seal(second));
    for (const Series& series : collector.series()) {
      EXPECT_LE(series.windows.size(), budget);
    }
  }
  RunResult result;
  collector.finish(result);
  return result;
}

TEST(Collector, StaysWithinItsWindowBudgetAndLosesNoCount) {
  constexpr std::size_t kBudget = 60;
  Histogram times;
  const RunResult result = long_run(10 * kBudget, kBudget, times);

  EXPECT_EQ(result.window_width, 16s);
  Histogram from_windows;
  for (const Series& series : result.series) {
    std::uint64_t requests = 0;
    std::uint64_t failures = 0;
    for (std::size_t i = 0; i < series.windows.size(); ++i) {
      const Window& window = series.windows[i];
      EXPECT_EQ(window.index, i) << "no second was empty";
      requests += window.requests;
      failures += window.failures;
      from_windows.merge(window.response_times);
    }
    EXPECT_EQ(requests, series.all.requests);
    EXPECT_EQ(failures, series.all.failures());
  }
  EXPECT_EQ(from_windows, times);
}

TEST(Collector, WindowsHoldTheSecondsTheirIndexSays) {
  Histogram times;
  const RunResult result = long_run(100, 30, times);
  ASSERT_EQ(result.window_width, 4s);
  ASSERT_EQ(result.series[0].windows.size(), 25u);
  for (const Window& window : result.series[0].windows) EXPECT_EQ(window.requests, 8u);
  for (const Window& window : result.series[1].windows) EXPECT_EQ(window.requests, 4u);
}

TEST(Collector, AGapOfAnyLengthKeepsTheBudget) {
  Recorder recorder(1, 1);
  Collector collector(1, 1, 10);
  for (const std::uint32_t second : {0u, 9u, 4'000'000'000u}) {
    recorder.record(sample_of(0, 0, true));
    collector.add(recorder.seal(second));
  }
  ASSERT_EQ(collector.series()[0].windows.size(), 2u);
  EXPECT_EQ(collector.series()[0].windows[0].requests, 2u);
  EXPECT_LT(collector.series()[0].windows[1].index, 10u);
}

TEST(Collector, KeepsTheFirstSamplesOfAKindOverAllWorkersAndCountsAll) {
  Collector collector(1, 2);
  for (int worker = 0; worker < 3; ++worker) {
    Recorder recorder(1, 2);
    for (int i = 0; i < 20; ++i) {
      recorder.record(failing(1, ErrorKind::timed_out));
      recorder.keep_failure(1, ErrorKind::timed_out, seen_at(std::chrono::seconds(20 - i)));
    }
    recorder.record(failing(0, ErrorKind::tls));
    recorder.record(failing(0, ErrorKind::could_not_resolve));
    collector.add(recorder.seal(0));
  }
  RunResult result;
  collector.finish(result);

  ASSERT_EQ(result.failures.size(), 3u);
  EXPECT_EQ(result.failures[0].kind, ErrorKind::could_not_resolve);
  EXPECT_EQ(result.failures[0].count, 3u);
  EXPECT_TRUE(result.failures[0].samples.empty());
  EXPECT_EQ(result.failures[1].kind, ErrorKind::tls);
  const FailureGroup& timed_out = result.failures[2];
  EXPECT_EQ(timed_out.request_name, 1u);
  EXPECT_EQ(timed_out.count, 60u);
  ASSERT_EQ(timed_out.samples.size(), kSamplesPerKind);
  EXPECT_TRUE(std::ranges::is_sorted(timed_out.samples, {}, &FailureSample::at));
}

TEST(Collector, KeepsOneSampleForEachReasonOfWhatWasNeverSent) {
  Collector collector(1, 1);
  for (int worker = 0; worker < 3; ++worker) {
    Recorder recorder(1, 1);
    for (const char* reason : {"all 5 users were busy", "no user could start"}) {
      recorder.record(failing(0, ErrorKind::no_user_free));
      FailureSample sample;
      sample.detail = reason;
      recorder.keep_failure(0, ErrorKind::no_user_free, std::move(sample));
    }
    collector.add(recorder.seal(0));
  }
  RunResult result;
  collector.finish(result);
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].count, 6u);
  ASSERT_EQ(result.failures[0].samples.size(), 2u);
  EXPECT_EQ(result.failures[0].samples[0].detail, "all 5 users were busy");
  EXPECT_EQ(result.failures[0].samples[1].detail, "no user could start");
}

TEST(SampleResult, LooksLikeARun) {
  const RunResult result = support::sample_result();
  ASSERT_EQ(result.series.size(), 8u);
  ASSERT_EQ(result.failures.size(), 2u);
  EXPECT_EQ(result.failures[0].count, 20u);
  EXPECT_EQ(result.failures[0].samples.size(), kSamplesPerKind);
  EXPECT_EQ(result.failures[1].count, 5u);
  const Series& list = result.series[5];
  EXPECT_EQ(list.all.requests, 900u);
  EXPECT_EQ(list.held.requests, 840u);
  EXPECT_GT(list.held.response_times.quantile(0.5), 8ms);
  EXPECT_LT(list.held.response_times.quantile(0.95), 60ms);
}

}  // namespace
}  // namespace loadgate::metrics
