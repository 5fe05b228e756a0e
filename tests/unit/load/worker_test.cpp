#include "load/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "play.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using plan::Role;
using support::fixed;
using support::hanging;
using support::plain_plan;
using support::refused;
using support::Reply;
using support::SamplePlan;
using support::stage;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;

// A user who opens a cart, looks at it and gives it back.
plan::Plan cart_plan(plan::Stage only, plan::Wait wait) {
  SamplePlan sample;
  const std::size_t open = sample.get("/open", Role::on_start);
  sample.capture(open, "cart", "$.id");
  plan::Scenario scenario;
  scenario.wait = wait;
  scenario.on_start = {open};
  scenario.tasks.push_back({1, {sample.get("/carts/{{ cart }}")}});
  scenario.on_stop = {sample.get("/close/{{ cart }}", Role::on_stop)};
  sample.with(std::move(only)).with(std::move(scenario));
  return sample.plan();
}

TEST(Worker, StartsTheUsersOfARampWhenTheyAreDue) {
  Play play(plain_plan(stage(4, 10s, 2s), fixed(1h)).plan());
  play.to_the_end();
  ASSERT_EQ(play.transport().sent().size(), 4U);
  EXPECT_EQ(play.sent_at(0), 0s);
  EXPECT_EQ(play.sent_at(1), 500ms);
  EXPECT_EQ(play.sent_at(2), 1s);
  EXPECT_EQ(play.sent_at(3), 1500ms);
  EXPECT_EQ(play.elapsed(), 10s);
}

TEST(Worker, WakesOnlyWhenSomethingHappens) {
  Play play(plain_plan(stage(4, 10s, 2s), fixed(1h)).plan());
  play.to_the_end();
  // 4 starts, 4 answers, 10 seconds to seal; some coincide.
  EXPECT_LE(play.transport().waits(), 20U);
}

TEST(Worker, WaitsBetweenTasksFromTheLastByteOn) {
  Play play(plain_plan(stage(1, 10s), fixed(2s)).plan(),
            [](const auto&) { return Reply{.after = 300ms, .body = {}}; });
  play.to_the_end();
  ASSERT_EQ(play.transport().sent().size(), 5U);
  EXPECT_EQ(play.sent_at(1), 2300ms);
  EXPECT_EQ(play.sent_at(2), 4600ms);
}

TEST(Worker, KeepsAUserWithoutAWaitBusyAllTheTime) {
  Play play(plain_plan(stage(3, 10s)).plan(),
            [](const auto&) { return Reply{.after = 10ms, .body = {}}; });
  play.to_the_end();
  EXPECT_EQ(play.transport().sent().size(), 3000U);
}

TEST(Worker, GivesEveryUserAChannelOfItsOwn) {
  Play play(plain_plan(stage(5, 10s), fixed(1s)).plan());
  play.until(9s);
  std::map<const transport::Channel*, int> requests;
  for (const support::Sent& sent : play.transport().sent()) ++requests[sent.channel];
  EXPECT_EQ(requests.size(), 5U);
  EXPECT_EQ(play.transport().open_channels(), 5U);
}

TEST(Worker, RetiresTheHighestUsersFirstAndGently) {
  plan::Plan plan = cart_plan(stage(3, 10s), fixed(1s));
  plan.stages.push_back(stage(1, 10s));
  Play play(plan, [n = 0](const transport::Exchange& exchange) mutable {
    Reply reply{.body = {}};
    if (exchange.url.ends_with("/open")) reply.body = R"({"id": )" + std::to_string(++n) + "}";
    return reply;
  });
  play.until(19s);
  EXPECT_EQ(play.worker().users(), 1U);
  EXPECT_EQ(play.sent_to("/close/1"), 0U);
  EXPECT_EQ(play.sent_to("/close/2"), 1U);
  EXPECT_EQ(play.sent_to("/close/3"), 1U);
  play.to_the_end();
  EXPECT_EQ(play.sent_to("/close/1"), 1U);
}

TEST(Worker, RunsOnStopAfterTheRequestInHand) {
  Play play(cart_plan(stage(1, 5s), fixed(0s)), [](const transport::Exchange& exchange) {
    if (exchange.url.ends_with("/open")) return Reply{.after = 0ms, .body = R"({"id": 9})"};
    return Reply{.after = 2s, .body = {}};
  });
  play.to_the_end();
  EXPECT_THAT(play.transport().urls(),
              ElementsAre("http://sample.test/open", "http://sample.test/carts/9",
                          "http://sample.test/carts/9", "http://sample.test/carts/9",
                          "http://sample.test/close/9"));
  EXPECT_EQ(play.sent_at(4), 6s);
  EXPECT_EQ(play.elapsed(), 8s);
}

TEST(Worker, SendsNothingButOnStopAfterTheEnd) {
  Play play(cart_plan(stage(20, 5s, 1s), {10ms, 50ms}), [](const transport::Exchange& exchange) {
    return Reply{.after = 7ms, .body = exchange.url.ends_with("/open") ? R"({"id": 1})" : ""};
  });
  play.to_the_end();
  std::size_t closed = 0;
  for (std::size_t i = 0; i < play.transport().sent().size(); ++i) {
    if (play.sent_at(i) < 5s) continue;
    EXPECT_THAT(play.transport().sent()[i].url, EndsWith("/close/1"));
    ++closed;
  }
  EXPECT_EQ(closed, 20U);
}

TEST(Worker, CutsOffAHangingRequestWhenTheStopLimitIsReached) {
  plan::Plan plan = plain_plan(stage(2, 5s)).plan();
  plan.requests[0].timeout = 10min;  // The plan's own is 10 s.
  Play play(plan, [](const auto&) { return hanging(); });
  play.to_the_end();
  EXPECT_EQ(play.elapsed(), 5s + 10s + 5s);
  const metrics::Tally tally = play.tally();
  EXPECT_EQ(tally.cancelled, 2U);
  EXPECT_EQ(tally.failures(), 0U);
}

TEST(Worker, StopsGentlyWhenTold) {
  Play play(cart_plan(stage(2, 60s), fixed(30s)), [](const transport::Exchange& exchange) {
    return Reply{.body = exchange.url.ends_with("/open") ? R"({"id": 1})" : ""};
  });
  play.until(3s);
  play.stop().gently(play.elapsed());
  play.transport().wake();
  play.to_the_end();
  EXPECT_EQ(play.sent_to("/close/1"), 2U);
  EXPECT_EQ(play.elapsed(), 3010ms);
}

TEST(Worker, StopsAtOnceWhenToldTwice) {
  Play play(cart_plan(stage(2, 60s), fixed(0s)), [](const transport::Exchange& exchange) {
    return exchange.url.ends_with("/open") ? Reply{.body = R"({"id": 1})"} : hanging();
  });
  play.until(2s);
  play.stop().now(play.elapsed());
  play.transport().wake();
  play.to_the_end();
  EXPECT_EQ(play.elapsed(), 2s);
  EXPECT_EQ(play.sent_to("/close/1"), 0U);
  EXPECT_EQ(play.tally().cancelled, 2U);
}

TEST(Worker, ReplacesAUserWhoFailedToStartAfterARest) {
  Play play(cart_plan(stage(1, 10s), fixed(1h)), [tries = 0](const auto& exchange) mutable {
    Reply reply{.after = 100ms, .body = {}};
    if (!exchange.url.ends_with("/open")) return reply;
    if (++tries < 3) {
      reply.status = 503;
    } else {
      reply.body = R"({"id": 5})";
    }
    return reply;
  });
  play.to_the_end();
  EXPECT_THAT(
      play.transport().urls(),
      ElementsAre("http://sample.test/open", "http://sample.test/open", "http://sample.test/open",
                  "http://sample.test/carts/5", "http://sample.test/close/5"));
  EXPECT_EQ(play.sent_at(1), 1100ms);
  EXPECT_EQ(play.sent_at(2), 2200ms);
}

TEST(Worker, ReplacesUsersNoFasterThanTheyWereSpawned) {
  // 2 users a second; all fail at once, so 40 wait for a place.
  Play play(cart_plan(stage(40, 60s, 20s), fixed(1h)),
            [](const auto&) { return Reply{.after = 1ms, .status = 500, .body = {}}; });
  play.until(60s);
  std::size_t late_minute = 0;
  for (std::size_t i = 0; i < play.transport().sent().size(); ++i) {
    if (play.sent_at(i) >= 40s) ++late_minute;
  }
  EXPECT_NEAR(static_cast<double>(late_minute), 40, 2);
}

TEST(Worker, DoesNotReplaceUsersNobodyWantsAnyMore) {
  Play play(cart_plan(stage(5, 2s), fixed(1h)),
            [](const auto&) { return Reply{.after = 1500ms, .status = 500, .body = {}}; });
  play.to_the_end();
  EXPECT_EQ(play.transport().sent().size(), 5U);
  EXPECT_EQ(play.elapsed(), 2s);
}

TEST(Worker, DoesNotSpinWhenConnectionsAreRefused) {
  Play play(plain_plan(stage(1, 10s)).plan(), [](const auto&) { return refused(); });
  play.to_the_end();
  EXPECT_NEAR(static_cast<double>(play.transport().sent().size()), 100, 1);
  const metrics::Tally tally = play.tally();
  EXPECT_EQ(errors(tally, metrics::ErrorKind::could_not_connect), tally.requests);
}

TEST(Worker, LetsARetiredUserLeaveBeforeItsSuccessorComes) {
  // 1 user, nobody for a second, 1 user again; the first hangs over the gap.
  plan::Plan plan = plain_plan(stage(1, 2s), fixed(0s)).plan();
  plan.stages.push_back(stage(0, 1s));
  plan.stages.push_back(stage(1, 5s));
  Play play(plan, [n = 0](const auto&) mutable {
    return Reply{.after = ++n == 1 ? 4s : 100ms, .body = {}};
  });
  play.until(3500ms);
  EXPECT_EQ(play.worker().users(), 1U);
  EXPECT_EQ(play.transport().open_channels(), 1U);
  play.to_the_end();
  EXPECT_EQ(play.sent_at(1), 4s);
}

TEST(Worker, StartsManyUsersInStepsWithoutWaitingBetweenThem) {
  Play play(plain_plan(stage(200, 5s), fixed(1h)).plan());
  play.until(1ms);
  EXPECT_EQ(play.worker().users(), 200U);
  for (std::size_t i = 0; i < 200; ++i) EXPECT_EQ(play.sent_at(i), 0s);
  EXPECT_GE(play.transport().waits(), 200U / Crowd::kStartsPerTurn);
}

plan::Plan random_plan() {
  SamplePlan sample;
  plan::Scenario browser, buyer;
  browser.weight = 2;
  browser.wait = {50ms, 500ms};
  browser.tasks.push_back({3, {sample.get("/products/{{ random_int(1, 1000) }}")}});
  browser.tasks.push_back({1,
                           {sample.get("/u{{ user.id }}/{{ uuid() }}"), fixed(100ms),
                            sample.get("/u{{ user.id }}/{{ random_string(8) }}")}});
  buyer.wait = {100ms, 200ms};
  buyer.tasks.push_back({1, {sample.get("/buy/{{ user.id }}/{{ random_int(1, 9) }}")}});
  sample.with(stage(9, 20s, 3s)).with(browser).with(buyer);
  return sample.plan();
}

// What every user sent, in order: channels are users as long as nobody is replaced.
std::multiset<std::vector<std::string>> streams(unsigned workers, std::uint64_t seed) {
  std::multiset<std::vector<std::string>> streams;
  for (unsigned index = 0; index < workers; ++index) {
    Play play(random_plan(), nullptr, seed, index, workers);
    play.to_the_end();
    std::map<const transport::Channel*, std::vector<std::string>> by_channel;
    for (const support::Sent& sent : play.transport().sent()) {
      by_channel[sent.channel].push_back(sent.url);
    }
    for (auto& [channel, urls] : by_channel) streams.insert(std::move(urls));
  }
  return streams;
}

TEST(Worker, MakesEveryUserSendTheSameWhateverTheNumberOfWorkers) {
  const auto alone = streams(1, 42);
  EXPECT_EQ(alone.size(), 9U);
  EXPECT_EQ(alone, streams(2, 42));
  EXPECT_EQ(alone, streams(4, 42));
  EXPECT_NE(alone, streams(1, 43));
}

TEST(Worker, CountsSamplesToTheStageAndPartInWhichTheyWereDue) {
  plan::Plan plan = plain_plan(stage(1, 10s, 4s), fixed(1s)).plan();
  plan.stages.push_back(stage(1, 10s));
  Play play(plan, [](const auto&) { return Reply{.after = 0s, .body = {}}; });
  play.to_the_end();
  std::map<std::pair<int, bool>, std::uint64_t> counted;
  for (const Sealed& sealed : play.sealed()) {
    for (const auto& cell : sealed.batch.cells) {
      counted[{cell.stage, cell.held}] += cell.tally.requests;
      EXPECT_EQ(cell.tally.requests, 1U) << "second " << sealed.batch.second;
    }
  }
  EXPECT_EQ((counted[{0, false}]), 4U);
  EXPECT_EQ((counted[{0, true}]), 6U);
  EXPECT_EQ((counted[{1, true}]), 10U);
}

TEST(Worker, CountsWhatWasSentAfterTheEndAsNotHeld) {
  Play play(cart_plan(stage(1, 2s), fixed(5s)), [](const transport::Exchange& exchange) {
    return Reply{.body = exchange.url.ends_with("/open") ? R"({"id": 1})" : ""};
  });
  play.to_the_end();
  for (const Sealed& sealed : play.sealed()) {
    for (const auto& cell : sealed.batch.cells) EXPECT_EQ(cell.held, sealed.batch.second < 2);
  }
}

TEST(Worker, SealsEverySecondWithWhatFinishedInIt) {
  Play play(plain_plan(stage(1, 5s), fixed(990ms)).plan());
  play.until(3500ms);
  std::vector<std::uint32_t> seconds;
  for (const Sealed& sealed : play.sealed()) {
    seconds.push_back(sealed.batch.second);
    ASSERT_EQ(sealed.batch.cells.size(), 1U);
    EXPECT_EQ(sealed.batch.cells[0].tally.requests, 1U);
  }
  EXPECT_THAT(seconds, ElementsAre(0, 1, 2, 3));
}

TEST(Worker, CountsSendsOfRestedUsersThatCameLate) {
  Play play(plain_plan(stage(3, 10s), fixed(1s)).plan());
  play.until(500ms);         // Answered at 10 ms, so due at 1.01 s; the clock stands at 1 s.
  play.clock().advance(1s);  // A hiccup: handled at 2 s. Due again at 3.01 s and 4.02 s.
  play.until(5s);
  std::uint64_t timed = 0;
  std::uint64_t late = 0;
  for (const Sealed& sealed : play.sealed()) {
    timed += sealed.timed_sends;
    late += sealed.late_sends;
  }
  EXPECT_EQ(late, 3U);
  EXPECT_EQ(timed, 3U * 3U);
}

TEST(Worker, KeepsTheFirstFailuresOfAKindWithoutSecrets) {
  plan::Plan plan = plain_plan(stage(1, 10s), fixed(100ms)).plan();
  plan.secrets = {"hunter2"};
  Play play(plan, [](const auto&) {
    return Reply{.status = 500, .body = "the password hunter2 is wrong"};
  });
  play.to_the_end();
  std::size_t kept = 0;
  for (const Sealed& sealed : play.sealed()) {
    for (const metrics::FailureGroup& group : sealed.batch.failures) {
      EXPECT_EQ(group.kind, metrics::ErrorKind::unexpected_status);
      kept += group.samples.size();
      for (const metrics::FailureSample& sample : group.samples) {
        EXPECT_EQ(sample.detail, "status 500, expected below 400");
        EXPECT_EQ(sample.response.body, "the password *** is wrong");
      }
    }
  }
  EXPECT_EQ(kept, metrics::kSamplesPerKind);
}

// Each user sends one row and then rests for a second; 5 rows there are.
plan::Plan row_plan(bool reuse) {
  SamplePlan sample;
  plan::Data data = support::rows("items", 5);
  data.reuse = reuse;
  sample.data(data);
  const std::size_t request = sample.get("/{{ data.items.nr }}");
  sample.reads(request, 0);
  plan::Scenario scenario;
  scenario.wait = fixed(1s);
  scenario.tasks.push_back({1, {request}});
  sample.with(stage(2, 10s)).with(std::move(scenario));
  return sample.plan();
}

TEST(Worker, DoesNotReplaceUsersWhoseDataRanOut) {
  Play play(row_plan(false));
  play.until(1500ms);
  EXPECT_EQ(play.worker().supply(), Worker::Supply::enough);
  play.until(5s);
  EXPECT_EQ(play.worker().users(), 0U);
  EXPECT_EQ(play.worker().supply(), Worker::Supply::run_dry);
  play.to_the_end();
  EXPECT_EQ(play.transport().sent().size(), 5U);
}

TEST(Worker, HandsRowsOutAgainWhereThePlanAllowsIt) {
  Play play(row_plan(true));
  play.to_the_end();
  EXPECT_EQ(play.transport().sent().size(), 20U);
  EXPECT_EQ(play.sent_to("/4"), 4U);
  EXPECT_EQ(play.worker().supply(), Worker::Supply::nothing_wanted);
}

TEST(Worker, MasksWhatAUserCapturedAsASecret) {
  plan::Plan plan = cart_plan(stage(1, 2s), fixed(1h));
  plan.secret_slots = {plan.names.find("cart")};
  Play play(plan, [](const transport::Exchange& exchange) {
    if (exchange.url.ends_with("/open")) return Reply{.body = R"({"id": "t0ken"})"};
    return Reply{.status = 500, .body = "no cart t0ken"};
  });
  play.to_the_end();
  const auto counted = play.counted();
  ASSERT_EQ(counted.failures.size(), 2U);
  EXPECT_EQ(counted.failures[0].request.start_line, "GET http://sample.test/carts/*** HTTP/1.1");
  EXPECT_EQ(counted.failures[0].response.body, "no cart ***");
}

TEST(Worker, KeepsNoBodiesAndTheProtocolAsThePlanSays) {
  plan::Plan plan = plain_plan(stage(1, 1s), fixed(1h)).plan();
  plan.keeps_bodies = false;
  plan.http.protocol = plan::Protocol::h2c;
  plan.requests[0].expect.json.push_back({*plan::JsonPath::compile("$.id"), plan::Exists{}});
  Play play(plan, [](const auto&) { return Reply{.body = "private"}; });
  play.to_the_end();
  const auto counted = play.counted();
  ASSERT_EQ(counted.failures.size(), 1U);
  EXPECT_EQ(counted.failures[0].detail, "$.id not found: the body is not JSON");
  EXPECT_EQ(counted.failures[0].response.body, "");
  EXPECT_EQ(counted.failures[0].request.start_line, "GET http://sample.test/ HTTP/2");
}

TEST(Worker, KeepsTheSlowestAnswersButNotOfWarmUpsAndRamps) {
  plan::Plan plan = plain_plan(stage(1, 2s), fixed(100ms)).plan();
  plan.stages[0].is_warmup = true;
  plan.stages.push_back(stage(1, 4s, 2s));
  plan.stages.push_back(stage(1, 2s));
  Play play(plan);
  play.to_the_end();
  const auto counted = play.counted();
  ASSERT_EQ(counted.slowest.size(), metrics::kSlowSamples) << "later ones were no slower";
  for (const auto& sample : counted.slowest) EXPECT_GE(sample.at, 4s);
  EXPECT_EQ(counted.slowest[0].detail, "");
  EXPECT_EQ(counted.slowest[0].response.start_line, "HTTP/1.1 200 Said");
}

TEST(Worker, TakesConstantHeadersFromOnePlaceForAllUsers) {
  SamplePlan sample = plain_plan(stage(5, 3s), fixed(1s));
  sample.request(0).headers.push_back({"Accept", sample.text("text/html")});
  Play play(sample.plan());
  play.to_the_end();
  std::set<const transport::HeaderLines*> lines;
  for (const support::Sent& sent : play.transport().sent()) {
    lines.insert(sent.header_lines);
    EXPECT_THAT(sent.headers, ElementsAre("Accept: text/html"));
  }
  EXPECT_EQ(lines.size(), 1U);
}

}  // namespace
}  // namespace loadgate::load
