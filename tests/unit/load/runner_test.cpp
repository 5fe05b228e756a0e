#include "load/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <deque>
#include <mutex>

#include "load/pairs.h"
#include "support/sample_plan.h"

// These are the only tests of this folder with real threads and real time, a few
// tenths of a second each; what happens inside a worker is told in worker_test.cpp.

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using support::fixed;
using support::plain_plan;
using support::stage;

// Answers everything at once with 200, or never, on real time.
class QuickTransport final : public transport::Transport {
 public:
  enum class Manner { answers, hangs };
  explicit QuickTransport(Manner manner) : manner_(manner) {}

  transport::Channel& open() override {
    channels_.push_back(std::make_unique<transport::Channel>());
    return *channels_.back();
  }
  void close(transport::Channel& channel) override {
    std::erase_if(channels_, [&](const auto& one) { return one.get() == &channel; });
  }

  void start(transport::Channel&, transport::Exchange& exchange) override {
    const TimePoint now = clock_.now();
    exchange.moments = {now, now, now, now, now, now, now};
    exchange.outcome = transport::Outcome::ok;
    exchange.response.status = 200;
    if (manner_ == Manner::answers) done_.push_back(&exchange);
  }

  void cancel(transport::Exchange& exchange) override {
    exchange.outcome = transport::Outcome::cancelled;
    done_.push_back(&exchange);
  }

  void wait(TimePoint until, std::vector<transport::Exchange*>& done) override {
    // A little way to the service and back, so that nobody runs hot.
    const TimePoint soon = clock_.now() + 1ms;
    std::unique_lock lock(mutex_);
    something_.wait_until(lock, done_.empty() ? until : std::min(until, soon),
                          [&] { return woken_; });
    woken_ = false;
    for (transport::Exchange* exchange : done_) {
      exchange->moments.finished = clock_.now();
      done.push_back(exchange);
    }
    done_.clear();
  }

  void wake() noexcept override {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    something_.notify_one();
  }

 private:
  Manner manner_;
  SteadyClock clock_;
  std::vector<std::unique_ptr<transport::Channel>> channels_;
  std::deque<transport::Exchange*> done_;
  std::mutex mutex_;
  std::condition_variable something_;
  bool woken_ = false;
};

class Watcher final : public Observer {
 public:
  void progress(const Progress& now) override {
    seen.push_back(now);
    for (const SideSoFar& side : now.so_far) {
      for (const metrics::Series& series : side.collector->series()) {
        requests_so_far += series.all.requests;
      }
    }
  }
  std::vector<Progress> seen;
  std::uint64_t requests_so_far = 0;
};

class RunTest : public testing::Test {
 protected:
  RunTest() {
    options_.seed = 5;
    options_.workers = 2;
    options_.clock = &clock_;
    options_.stop_request = &stop_request_;
    answer(QuickTransport::Manner::answers);
  }

  void answer(QuickTransport::Manner manner) {
    options_.make_transport = [manner]() -> Result<std::unique_ptr<transport::Transport>> {
      return std::unique_ptr<transport::Transport>(std::make_unique<QuickTransport>(manner));
    };
  }

  SteadyClock clock_;
  StopRequest stop_request_{0};
  Options options_;
};

std::uint64_t requests_of(const metrics::RunResult& result) {
  std::uint64_t requests = 0;
  for (const metrics::Series& series : result.series) requests += series.all.requests;
  return requests;
}

TEST_F(RunTest, BringsBackWhatAllWorkersMeasured) {
  const plan::Plan plan = plain_plan(stage(4, 300ms), fixed(20ms)).plan();
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome) << outcome.error().text;
  const metrics::RunResult& result = outcome->result;
  // 4 users, a request about every 21 ms; on a busy machine fewer, never more.
  EXPECT_LE(requests_of(result), 4U * 15U);
  EXPECT_GE(requests_of(result), 8U);
  EXPECT_EQ(result.info.seed, 5U);
  EXPECT_EQ(result.info.workers, 2U);
  EXPECT_GE(result.info.length, 300ms);
  EXPECT_FALSE(result.info.interrupted);
  EXPECT_EQ(result.judging.stages[0].held.to, 300ms);
  ASSERT_FALSE(result.users.empty());
  EXPECT_EQ(result.users[0].users, 4U);
  EXPECT_EQ(outcome->stopped_because, "");
}

TEST_F(RunTest, ShowsProgressOnceASecond) {
  const plan::Plan plan = plain_plan(stage(4, 1300ms, 0s, "peak"), fixed(20ms)).plan();
  Watcher watcher;
  options_.observer = &watcher;
  ASSERT_TRUE(run(plan, options_));
  ASSERT_EQ(watcher.seen.size(), 1U);
  const Progress& seen = watcher.seen[0];
  EXPECT_EQ(seen.elapsed, 1s);
  EXPECT_EQ(seen.length, 1300ms);
  EXPECT_EQ(seen.stage, "peak");
  EXPECT_EQ(seen.users, 4U);
  EXPECT_GT(seen.requests, 0U);
  EXPECT_GT(seen.requests_per_second, 0);
  EXPECT_GT(seen.p95, 0ns);
  EXPECT_GT(seen.p50, 0ns);
  EXPECT_LE(seen.p50, seen.p95);
  EXPECT_EQ(seen.failures, 0U);
  EXPECT_EQ(seen.so_far.size(), 1U);
  EXPECT_EQ(watcher.requests_so_far, seen.requests);
}

TEST_F(RunTest, ShowsHowManyOfTheWantedIterationsWereBegun) {
  const plan::Plan plan = plain_plan(support::rate_stage(100, 1200ms)).plan();
  Watcher watcher;
  options_.observer = &watcher;
  ASSERT_TRUE(run(plan, options_));
  ASSERT_EQ(watcher.seen.size(), 1U);
  EXPECT_EQ(watcher.seen[0].rate, 100);
  EXPECT_NEAR(watcher.seen[0].begun_per_second, 95, 15);  // The second is 1.05 s long here.
}

TEST_F(RunTest, StopsWhereTheStopRuleSaysWhy) {
  const plan::Plan plan = plain_plan(stage(4, 10min), fixed(20ms)).plan();
  options_.stop_rule = [](Nanoseconds elapsed, const metrics::Collector& so_far) {
    EXPECT_EQ(elapsed, 1s);
    EXPECT_FALSE(so_far.series().empty());
    return std::optional<std::string>("enough");
  };
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->stopped_because, "enough");
  EXPECT_FALSE(outcome->result.info.interrupted);
  EXPECT_GE(outcome->result.judging.stages[0].held.to, 1s);
  EXPECT_LT(outcome->result.judging.stages[0].held.to, 1min);
}

TEST_F(RunTest, StopsAtOnceOnTheSecondRequest) {
  const plan::Plan plan = plain_plan(stage(4, 10min)).plan();
  answer(QuickTransport::Manner::hangs);
  stop_request_ = 2;
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->result.info.interrupted);
  EXPECT_LT(outcome->result.info.length, 5s);
  EXPECT_EQ(requests_of(outcome->result), 0U);
}

TEST_F(RunTest, StopsGentlyOnTheFirstRequest) {
  const plan::Plan plan = plain_plan(stage(4, 10min), fixed(1h)).plan();
  stop_request_ = 1;
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->result.info.interrupted);
  EXPECT_LE(requests_of(outcome->result), 4U);  // None where the threads came late.
}

// 30 rows, each handed out once.
plan::Plan row_plan(plan::Stage only, plan::Data::Exhausted when_exhausted) {
  support::SamplePlan sample;
  plan::Data data = support::rows("messages", 30);
  data.reuse = false;
  data.when_exhausted = when_exhausted;
  sample.data(data);
  const std::size_t reading = sample.get("/{{ data.messages.nr }}");
  sample.reads(reading, 0);
  plan::Scenario reader, other;
  reader.wait = other.wait = fixed(10ms);
  reader.tasks.push_back({1, {reading}});
  other.tasks.push_back({1, {sample.get("/other")}});
  sample.with(std::move(only)).with(std::move(reader));
  if (when_exhausted == plan::Data::Exhausted::stop_run) sample.with(std::move(other));
  return sample.plan();
}

TEST_F(RunTest, EndsWhenNobodyHasDataLeft) {
  const plan::Plan plan = row_plan(stage(4, 10min), plan::Data::Exhausted::stop_user);
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(requests_of(outcome->result), 30U);
  EXPECT_LT(outcome->result.info.length, 1min);
  EXPECT_FALSE(outcome->result.info.interrupted);
  EXPECT_EQ(outcome->stopped_because, "");
  EXPECT_THAT(outcome->result.health.warnings,
              testing::Contains("the data \"messages\" ran out after 30 rows, so the run ended"));
}

TEST_F(RunTest, SaysThatUsersEndedWhoHadReadAllOfTheirOwnRows) {
  // So few rows that even a hiccup of the machine cannot spread the arrivals over users who
  // all have one left.
  plan::Plan plan = row_plan(support::rate_stage(100, 1s), plan::Data::Exhausted::stop_user);
  plan.data[0].share = plan::Data::Share::each_user;
  plan.data[0].rows.resize(2);
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(requests_of(outcome->result), 100U) << "others took their place";
  EXPECT_THAT(outcome->result.health.warnings,
              testing::Contains("users who had read all 2 rows of the data \"messages\" ended"));
}

TEST_F(RunTest, EndsForEverybodyWhereThePlanSaysSo) {
  const plan::Plan plan = row_plan(stage(4, 10min), plan::Data::Exhausted::stop_run);
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_LT(outcome->result.info.length, 1min);
  EXPECT_THAT(outcome->result.health.warnings,
              testing::Contains("the data \"messages\" ran out after 30 rows, so the run ended"));
}

TEST_F(RunTest, GivesARateToAllWorkersTogether) {
  const plan::Plan plan = plain_plan(support::rate_stage(200, 1200ms)).plan();
  Watcher watcher;
  options_.observer = &watcher;
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->result.health.arrivals, 240U);
  EXPECT_EQ(requests_of(outcome->result), 240U);
  ASSERT_EQ(outcome->result.series.size(), 1U);
  EXPECT_EQ(outcome->result.series[0].held.service_times.count(), 240U);
  ASSERT_EQ(watcher.seen.size(), 1U);
  EXPECT_EQ(watcher.seen[0].rate, 200);
}

TEST_F(RunTest, SendsNothingWhereATransportCannotBeMade) {
  const plan::Plan plan = plain_plan(stage(4, 10min)).plan();
  options_.make_transport = []() -> Result<std::unique_ptr<transport::Transport>> {
    return failure("no epoll");
  };
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().text, "preparing the load: no epoll");
}

TEST_F(RunTest, SendsNothingWhereTheSystemAllowsTooFewConnections) {
  const plan::Plan plan = plain_plan(stage(2'000'000'000, 10min)).plan();
  const Result<Outcome> outcome = run(plan, options_);
  ASSERT_FALSE(outcome);
  EXPECT_THAT(outcome.error().text, testing::HasSubstr("use fewer users"));
}

TEST_F(RunTest, TellsTheMomentFromWhichAllCounts) {
  const plan::Plan plan = plain_plan(support::rate_stage(100, 100ms)).plan();
  std::vector<TimePoint> begun;
  options_.begun = [&](TimePoint start) { begun.push_back(start); };
  const TimePoint before = clock_.now();
  ASSERT_TRUE(run(plan, options_));
  ASSERT_EQ(begun.size(), 1U);
  EXPECT_GE(begun[0], before);
  EXPECT_LE(begun[0] + 100ms, clock_.now());
}

TEST_F(RunTest, BringsBackBothSidesOfADuet) {
  const plan::Plan plan = plain_plan(support::rate_stage(200, 1200ms)).plan();
  Watcher watcher;
  options_.observer = &watcher;
  const Result<PairOutcome> outcome = run_pairs({.base = &plan, .head = &plan}, options_);
  ASSERT_TRUE(outcome) << outcome.error().text;
  const std::size_t pairs = pair_schedule(200, 1200ms, 5).base.size();
  for (const metrics::RunResult* side : {&outcome->base, &outcome->head}) {
    EXPECT_EQ(requests_of(*side), pairs);
    EXPECT_EQ(side->health.arrivals, pairs);
    EXPECT_EQ(side->health.dropped, 0U);
    EXPECT_GT(side->health.cpu_share, 0);
    EXPECT_EQ(side->info.seed, 5U);
    EXPECT_EQ(side->info.workers, 2U);
    EXPECT_EQ(side->info.started, outcome->base.info.started);
    EXPECT_EQ(side->info.length, outcome->base.info.length);
    EXPECT_FALSE(side->info.interrupted);
    EXPECT_EQ(side->judging.stages[0].held.to, 1200ms);
    EXPECT_EQ(side->users.size(), 2U);
    ASSERT_EQ(side->series.size(), 1U);
  }
  EXPECT_GE(outcome->base.info.length, 1200ms);
  EXPECT_EQ(outcome->base.series[0].key.side, metrics::Side::base);
  EXPECT_EQ(outcome->head.series[0].key.side, metrics::Side::head);
  ASSERT_EQ(watcher.seen.size(), 1U);
  EXPECT_EQ(watcher.seen[0].rate, 400) << "of both";
  EXPECT_GT(watcher.seen[0].requests, pairs);
}

TEST_F(RunTest, StopsADuetWhereTheStopRuleSaysSoOfHead) {
  const plan::Plan plan = plain_plan(support::rate_stage(100, 10min)).plan();
  options_.stop_rule = [](Nanoseconds, const metrics::Collector& so_far) {
    EXPECT_EQ(so_far.series().size(), 1U);
    return std::optional<std::string>("enough");
  };
  const Result<PairOutcome> outcome = run_pairs({.base = &plan, .head = &plan}, options_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->stopped_because, "enough");
  EXPECT_LT(outcome->base.info.length, 1min);
  EXPECT_EQ(outcome->base.judging.stages[0].held.to, outcome->head.judging.stages[0].held.to);
}

TEST_F(RunTest, InterruptsBothSidesOfADuet) {
  const plan::Plan plan = plain_plan(support::rate_stage(100, 10min)).plan();
  answer(QuickTransport::Manner::hangs);
  stop_request_ = 2;
  const Result<PairOutcome> outcome = run_pairs({.base = &plan, .head = &plan}, options_);
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(outcome->base.info.interrupted);
  EXPECT_TRUE(outcome->head.info.interrupted);
  EXPECT_LT(outcome->head.info.length, 5s);
}

TEST_F(RunTest, EndsADuetWhenBothSidesHaveNoRowsLeftAndSaysHowFarTheyWere) {
  const plan::Plan plan =
      row_plan(support::rate_stage(500, 10min), plan::Data::Exhausted::stop_user);
  Sides sides{.base = &plan, .head = &plan};
  sides.base_rows = DrawnRows{.seed = 5, .draws = {10}};
  const Result<PairOutcome> outcome = run_pairs(sides, options_);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(requests_of(outcome->base), 20U);
  EXPECT_EQ(requests_of(outcome->head), 30U);
  EXPECT_LT(outcome->head.info.length, 1min);
  EXPECT_GE(outcome->base_rows.draws.at(0), 30U);
  EXPECT_GE(outcome->head_rows.draws.at(0), 30U);
  EXPECT_THAT(outcome->head.health.warnings,
              testing::Contains("the data \"messages\" ran out after 30 rows, so the run ended"));
}

TEST(DefaultWorkers, AreAtLeastOne) { EXPECT_GE(default_workers(), 1U); }

}  // namespace
}  // namespace loadgate::load
