#include "load/pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "play.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using plan::Role;
using support::fixed;
using support::hanging;
using support::plain_plan;
using support::rate_stage;
using support::Reply;
using support::SamplePlan;
using support::stage;
using testing::ElementsAre;

Reply after(Nanoseconds time) { return {.after = time, .body = {}}; }

// A user who signs in once; tasks of one request.
plan::Plan member_plan(plan::Stage only) {
  SamplePlan sample;
  plan::Scenario scenario;
  scenario.on_start = {sample.get("/login", Role::on_start)};
  scenario.tasks.push_back({1, {sample.get("/page")}});
  scenario.on_stop = {sample.get("/logout", Role::on_stop)};
  sample.with(std::move(only)).with(std::move(scenario));
  return sample.plan();
}

TEST(Pool, SendsEveryArrivalWhenItIsDue) {
  Play play(plain_plan(rate_stage(10, 3s), fixed(1h)).plan());
  play.to_the_end();
  ASSERT_EQ(play.transport().sent().size(), 30U);
  for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(play.sent_at(i), 50ms + i * 100ms);
  EXPECT_EQ(play.elapsed(), 3s);
  const auto counted = play.counted();
  EXPECT_EQ(counted.arrivals, 30U);
  EXPECT_EQ(counted.dropped, 0U);
  EXPECT_EQ(counted.timed_sends, 30U);
  EXPECT_EQ(counted.late_sends, 0U);
}

TEST(Pool, LetsAFreeUserTakeTheNextArrival) {
  Play play(plain_plan(rate_stage(10, 3s)).plan());
  play.until(2900ms);
  EXPECT_EQ(play.transport().open_channels(), 1U);
  EXPECT_EQ(play.worker().users(), 1U);
}

TEST(Pool, GrowsAsNeeded) {
  Play play(plain_plan(rate_stage(10, 10s)).plan(), [](const auto&) { return after(950ms); });
  play.until(9s);
  EXPECT_EQ(play.worker().users(), 10U);
  play.to_the_end();
  EXPECT_EQ(play.counted().tally.requests, 100U);
}

TEST(Pool, DropsAnArrivalThatFindsAllUsersWaiting) {
  Play play(plain_plan(rate_stage(10, 3s, 0s, 2)).plan(), [](const auto&) { return after(1s); });
  play.to_the_end();
  // At 50 and 150 ms both users are taken until 1050 and 1150 ms, and so on.
  EXPECT_EQ(play.transport().sent().size(), 6U);
  const auto counted = play.counted();
  EXPECT_EQ(counted.arrivals, 30U);
  EXPECT_EQ(counted.dropped, 24U);
  EXPECT_EQ(errors(counted.tally, metrics::ErrorKind::no_user_free), 24U);
  EXPECT_EQ(counted.tally.requests, 30U);
  EXPECT_EQ(counted.tally.response_times.count(), 6U) << "who was never sent has no time";
  ASSERT_EQ(counted.failures.size(), 1U) << "the others would look the same";
  EXPECT_EQ(counted.failures[0].detail,
            "all 2 users were waiting for the target: raise max_users or make the service faster");
  EXPECT_EQ(counted.failures[0].request.start_line, "") << "it was never sent";
  EXPECT_EQ(counted.failures[0].at, 250ms);
}

// 100/s for 10 s, and the service stands still from 5 s to 7 s.
metrics::Tally stalled(plan::Plan plan, metrics::Tally* after_the_stall = nullptr) {
  const Play* clock = nullptr;
  Play play(std::move(plan), [&](const auto&) {
    const Nanoseconds now = clock->elapsed();
    return after(now >= 5s && now < 7s ? 7s + 5ms - now : Nanoseconds(5ms));
  });
  clock = &play;
  play.to_the_end();
  metrics::Tally all;
  for (const Sealed& sealed : play.sealed()) {
    for (const auto& cell : sealed.batch.cells) {
      all.merge(cell.tally);
      if (after_the_stall != nullptr && sealed.batch.second > 7) after_the_stall->merge(cell.tally);
    }
  }
  return all;
}

TEST(Pool, ShowsAStallOfTheServiceInTheResponseTimes) {
  metrics::Tally afterwards;
  const metrics::Tally tally = stalled(plain_plan(rate_stage(100, 10s)).plan(), &afterwards);
  EXPECT_EQ(tally.requests, 1000U) << "arrivals go on while it stands still";
  EXPECT_GE(tally.response_times.quantile(0.99), 1850ms);
  EXPECT_NEAR(seconds(tally.response_times.quantile(0.9)), 1.0, 0.1) << "a fifth was hit";
  EXPECT_NEAR(static_cast<double>(afterwards.requests), 200, 1);
  EXPECT_LT(afterwards.service_times.max(), 6ms);
  EXPECT_LT(afterwards.response_times.max(), 6ms);
}

TEST(Pool, CountsResponseTimesOfArrivalsThatWaitedForAUserFromWhenTheyWereDue) {
  // The login of new users is what stands still: those who wait for one are sent late.
  const metrics::Tally tally = stalled(member_plan(rate_stage(100, 10s)));
  EXPECT_GE(tally.response_times.quantile(0.99), 1800ms);
  EXPECT_EQ(tally.failures(), 0U);
}

TEST(Pool, DropsWhatAStallLeavesNoUserFor) {
  const metrics::Tally tally = stalled(plain_plan(rate_stage(100, 10s, 0s, 50)).plan());
  EXPECT_EQ(tally.requests, 1000U);
  EXPECT_EQ(errors(tally, metrics::ErrorKind::no_user_free), 150U);
}

TEST(Pool, CountsAnArrivalThatTheGeneratorSentLate) {
  Play play(plain_plan(rate_stage(10, 5s)).plan());
  play.until(1s);
  play.clock().advance(500ms);  // A hiccup of the generator.
  play.to_the_end();
  const auto counted = play.counted();
  EXPECT_EQ(counted.arrivals, 50U);
  EXPECT_EQ(counted.late_sends, 5U);
  EXPECT_GE(counted.tally.response_times.max(), 450ms);
  EXPECT_LT(counted.tally.service_times.max(), 11ms);
}

TEST(Pool, LetsFreedUsersTakeWhatIsOverdueAfterAHiccup) {
  Play play(plain_plan(rate_stage(1000, 3s)).plan(), [](const auto&) { return after(0s); });
  play.until(1s);
  play.clock().advance(1s);
  play.until(2500ms);
  EXPECT_EQ(play.worker().users(), Pool::kArrivalsPerTurn);
  play.to_the_end();
  EXPECT_EQ(play.counted().arrivals, 3000U);
}

TEST(Pool, LosesNoArrivalInAHiccupAtTheEnd) {
  Play play(plain_plan(rate_stage(1000, 3s)).plan());
  play.until(2s);
  play.clock().advance(2s);
  play.to_the_end();
  EXPECT_EQ(play.counted().arrivals, 3000U);
}

TEST(Pool, AllowsAHundredthOfTheGapWhereThatIsMore) {
  // One every 10 s: 100 ms are allowed.
  Play play(plain_plan(rate_stage(0.1, 30s)).plan());
  play.until(4s);
  play.clock().advance(1090ms);  // Due at 5 s.
  play.until(14s);
  play.clock().advance(1150ms);  // Due at 15 s.
  play.to_the_end();
  EXPECT_EQ(play.counted().late_sends, 1U);
}

TEST(Pool, KeepsUsersStartedAheadOfArrivals) {
  Play play(member_plan(rate_stage(10, 10s)), [](const transport::Exchange& exchange) {
    return after(exchange.url.ends_with("/login") ? 40ms : 10ms);
  });
  play.to_the_end();
  EXPECT_EQ(play.sent_to("/login"), 1 + Pool::kSpares) << "one is busy at most";
  EXPECT_EQ(play.sent_to("/logout"), 1 + Pool::kSpares);
  EXPECT_EQ(play.sent_to("/page"), 100U);
}

TEST(Pool, DropsArrivalsAndDoesNotHammerWhereNobodyCanStart) {
  Play play(member_plan(rate_stage(100, 10s)), [](const transport::Exchange& exchange) {
    Reply reply = after(1ms);
    if (exchange.url.ends_with("/login")) reply.status = 503;
    return reply;
  });
  play.to_the_end();
  EXPECT_EQ(play.sent_to("/page"), 0U);
  EXPECT_LE(play.sent_to("/login"), 10U * (Pool::kSpares + 1));
  const auto counted = play.counted();
  EXPECT_EQ(counted.dropped, 1000U);
  std::vector<std::string> reasons;  // Of what was never sent.
  for (const auto& sample : counted.failures) {
    if (sample.request.start_line.empty()) reasons.push_back(sample.detail);
  }
  EXPECT_EQ(std::count(reasons.begin(), reasons.end(), "no user could start"), 1);
  EXPECT_EQ(std::set(reasons.begin(), reasons.end()).size(), reasons.size());
}

TEST(Pool, ComesAndGoesWithTheStagesOfRate) {
  plan::Plan plan = member_plan(stage(3, 2s));
  plan.scenarios[0].wait = fixed(500ms);
  plan.stages.push_back(rate_stage(10, 2s));
  plan.stages.push_back(stage(1, 2s));
  Play play(plan, [](const auto&) { return after(10ms); });
  play.until(1400ms);
  EXPECT_EQ(play.worker().users(), 3U);
  play.until(3s);
  EXPECT_EQ(play.worker().users(), 1 + Pool::kSpares) << "the crowd has gone";
  play.until(5s);
  EXPECT_EQ(play.worker().users(), 1U) << "the pool has gone";
  play.to_the_end();
  EXPECT_EQ(play.sent_to("/logout"), 3U + 1U + Pool::kSpares + 1U);
  EXPECT_EQ(play.sent_to("/login"), play.sent_to("/logout"));
  std::size_t in_the_middle = 0;
  for (std::size_t i = 0; i < play.transport().sent().size(); ++i) {
    const bool is_page = play.transport().sent()[i].url.ends_with("/page");
    if (is_page && play.sent_at(i) > 2s && play.sent_at(i) < 4s) ++in_the_middle;
  }
  EXPECT_EQ(in_the_middle, 20U);
}

TEST(Pool, ShrinksToTheLimitOfTheNextStage) {
  plan::Plan plan = plain_plan(rate_stage(20, 5s)).plan();
  plan.stages.push_back(rate_stage(1, 10s, 0s, 3));
  Play play(plan, [](const auto&) { return after(500ms); });
  play.until(4900ms);
  EXPECT_GE(play.worker().users(), 10U);
  play.until(6s);
  EXPECT_EQ(play.worker().users(), 3U);
  play.to_the_end();
  EXPECT_EQ(play.counted().dropped, 0U);
}

TEST(Pool, MakesRoomForAnotherScenarioAtItsLimit) {
  SamplePlan sample;
  for (const char* path : {"/a", "/b"}) {
    plan::Scenario scenario;
    scenario.tasks.push_back({1, {sample.get(path)}});
    scenario.on_stop = {sample.get(std::string(path) + "/stop", Role::on_stop)};
    sample.with(std::move(scenario));
  }
  sample.with(rate_stage(10, 2s, 0s, 1));
  Play play(sample.plan());
  play.to_the_end();
  EXPECT_EQ(play.sent_to("/a"), 10U);
  EXPECT_EQ(play.sent_to("/b"), 10U);
  EXPECT_EQ(play.counted().dropped, 0U);
}

TEST(Pool, FinishesTheRequestInHandAtTheEnd) {
  Play play(member_plan(rate_stage(10, 2s)), [](const auto&) { return after(300ms); });
  play.to_the_end();
  const std::size_t sent = play.transport().sent().size();
  EXPECT_EQ(play.sent_to("/logout"), play.sent_to("/login"));
  EXPECT_EQ(play.transport().sent()[sent - 1].url, "http://sample.test/logout");
  const auto counted = play.counted();
  EXPECT_EQ(counted.arrivals, 20U);
  EXPECT_EQ(counted.arrivals, play.sent_to("/page") + counted.dropped);
}

TEST(Pool, StopsGentlyWhenTold) {
  Play play(plain_plan(rate_stage(10, 60s)).plan());
  play.until(2s);
  play.stop().gently(play.elapsed());
  play.transport().wake();
  play.to_the_end();
  EXPECT_LT(play.elapsed(), 3s);
  EXPECT_EQ(play.transport().sent().size(), 20U);
}

TEST(Pool, IsCutOffWithTheRun) {
  Play play(plain_plan(rate_stage(10, 60s)).plan(), [](const auto&) { return hanging(); });
  play.until(2s);
  play.stop().now(play.elapsed());
  play.transport().wake();
  play.to_the_end();
  EXPECT_EQ(play.counted().tally.cancelled, 20U);
}

plan::Plan random_plan() {
  SamplePlan sample;
  plan::Scenario browser, buyer;
  browser.weight = 2;
  browser.tasks.push_back({3, {sample.get("/products/{{ random_int(1, 1000000) }}")}});
  browser.tasks.push_back(
      {1, {sample.get("/{{ uuid() }}"), fixed(100ms), sample.get("/{{ uuid() }}")}});
  buyer.tasks.push_back({1, {sample.get("/buy/{{ random_int(1, 1000000) }}")}});
  sample.with(rate_stage(40, 10s, 5s)).with(browser).with(buyer);
  return sample.plan();
}

std::multiset<std::pair<Nanoseconds, std::string>> all_sent(unsigned workers) {
  std::multiset<std::pair<Nanoseconds, std::string>> all;
  for (unsigned index = 0; index < workers; ++index) {
    Play play(
        random_plan(), [](const auto&) { return after(35ms); }, 7, index, workers);
    play.to_the_end();
    for (std::size_t i = 0; i < play.transport().sent().size(); ++i) {
      all.insert({play.sent_at(i), play.transport().sent()[i].url});
    }
  }
  return all;
}

TEST(Pool, SendsTheSameAtTheSameMomentsWhateverTheNumberOfWorkers) {
  const auto alone = all_sent(1);
  EXPECT_GE(alone.size(), 300U);
  EXPECT_EQ(alone, all_sent(2));
  EXPECT_EQ(alone, all_sent(3));
}

// 10/s for 3 s over eight workers whose pools together have `limit` users.
std::pair<std::size_t, std::size_t> users_and_sent_of_eight(unsigned limit, Nanoseconds time) {
  std::size_t users = 0;
  std::size_t sent = 0;
  for (unsigned index = 0; index < 8; ++index) {
    Play play(
        plain_plan(rate_stage(10, 3s, 0s, limit)).plan(),
        [time](const auto&) { return after(time); }, 7, index, 8);
    play.until(2900ms);
    users += play.worker().users();
    play.to_the_end();
    sent += play.transport().sent().size();
  }
  return {users, sent};
}

TEST(Pool, HasNoMoreUsersThanItsLimitOverAllWorkers) {
  for (const unsigned limit : {1U, 3U, 8U, 13U}) {
    EXPECT_EQ(users_and_sent_of_eight(limit, 5s),
              std::pair(std::size_t{limit}, std::size_t{limit}));
  }
}

TEST(Pool, DealsArrivalsToTheWorkersThatHaveUsersForThem) {
  // Five users serve 10/s where each takes 500 ms, wherever they are.
  for (const unsigned limit : {5U, 9U, 13U}) {
    EXPECT_EQ(users_and_sent_of_eight(limit, 490ms).second, 30U) << limit;
  }
}

TEST(Pool, DealsTheArrivalsOfEachStageAnew) {
  std::size_t sent = 0;
  for (unsigned index = 0; index < 4; ++index) {
    plan::Plan plan = plain_plan(rate_stage(10, 3s, 0s, 3)).plan();
    plan.stages.push_back(stage(1, 1s));
    plan.stages.push_back(rate_stage(10, 3s, 0s, 2));
    plan.scenarios[0].wait = fixed(1h);
    Play play(
        plan, [](const auto&) { return after(10ms); }, 7, index, 4);
    play.to_the_end();
    EXPECT_EQ(play.counted().dropped, 0U);
    sent += play.transport().sent().size();
  }
  EXPECT_EQ(sent, 61U);
}

// Each iteration takes a row; 15 there are.
plan::Plan row_plan(plan::Stage only, plan::Data::Share share = plan::Data::Share::all_users) {
  SamplePlan sample;
  plan::Data data = support::rows("items", 15);
  data.reuse = false;
  data.share = share;
  sample.data(data);
  const std::size_t request = sample.get("/{{ data.items.nr }}");
  sample.reads(request, 0);
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {request}});
  sample.with(std::move(only)).with(std::move(scenario));
  return sample.plan();
}

TEST(Pool, StopsArrivalsSilentlyWhereTheirDataRanOut) {
  Play play(row_plan(rate_stage(10, 4s)));
  EXPECT_EQ(play.worker().supply(), Worker::Supply::enough);
  play.until(1s);
  EXPECT_EQ(play.worker().supply(), Worker::Supply::enough);
  play.until(3s);
  EXPECT_EQ(play.worker().supply(), Worker::Supply::run_dry);
  play.to_the_end();
  std::set<std::string> paths;
  for (const auto& url : play.transport().urls()) paths.insert(url);
  EXPECT_EQ(paths.size(), 15U);
  const auto counted = play.counted();
  EXPECT_EQ(counted.arrivals, 15U);
  EXPECT_EQ(counted.tally.requests, 15U);
  EXPECT_EQ(counted.tally.failures(), 0U);
}

TEST(Pool, FindsAnotherUserWhereOnesOwnRowsRanOut) {
  Play play(row_plan(rate_stage(10, 4s), plan::Data::Share::each_user));
  play.to_the_end();
  EXPECT_EQ(play.transport().sent().size(), 40U);
  EXPECT_EQ(play.sent_to("/0"), 3U);
  EXPECT_EQ(play.counted().arrivals, 40U);
}

TEST(Pool, KeepsTheSlowestAnswersOfWhatIsJudged) {
  Play play(plain_plan(rate_stage(10, 3s)).plan(),
            [n = 0](const auto&) mutable { return after(++n == 7 ? 250ms : 10ms); });
  play.to_the_end();
  const auto counted = play.counted();
  ASSERT_FALSE(counted.slowest.empty());
  Nanoseconds longest{};
  for (const auto& sample : counted.slowest) longest = std::max(longest, sample.response_time);
  EXPECT_EQ(longest, 250ms);
  EXPECT_LE(counted.slowest.size(), 4U);
}

}  // namespace
}  // namespace loadgate::load
