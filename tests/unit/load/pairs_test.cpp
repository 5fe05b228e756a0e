#include "load/pairs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include "load/lane.h"
#include "support/sample_plan.h"
#include "support/scripted_transport.h"

// Both sides on a clock that stands still; with real threads in runner_test.cpp.

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using plan::Role;
using support::fixed;
using support::hanging;
using support::ManualClock;
using support::rate_stage;
using support::refused;
using support::Reply;
using support::SamplePlan;
using support::ScriptedTransport;

std::vector<Nanoseconds> both_sides_of(const PairSchedule& pairs) {
  std::vector<Nanoseconds> all = pairs.base;
  all.insert(all.end(), pairs.head.begin(), pairs.head.end());
  std::sort(all.begin(), all.end());
  return all;
}

TEST(PairSchedule, GivesEachSideItsRate) {
  const PairSchedule pairs = pair_schedule(100, 200s, 1);
  // 20 000 expected; of pairs of a Poisson process the variance is half of that.
  EXPECT_NEAR(static_cast<double>(pairs.base.size()), 20'000, 3 * 100);
  EXPECT_EQ(pairs.base.size(), pairs.head.size());
}

TEST(PairSchedule, RisesPairByPairAndEndsBeforeTheEnd) {
  const PairSchedule pairs = pair_schedule(1e6, 20ms, 3);
  Nanoseconds before{};
  for (std::size_t i = 0; i < pairs.base.size(); ++i) {
    ASSERT_GT(std::min(pairs.base[i], pairs.head[i]), before);
    ASSERT_NE(pairs.base[i], pairs.head[i]);
    before = std::max(pairs.base[i], pairs.head[i]);
  }
  EXPECT_LT(before, 20ms);
  EXPECT_GT(before, 19ms);
}

TEST(PairSchedule, HasExponentialGaps) {
  const std::vector<Nanoseconds> due = both_sides_of(pair_schedule(50, 400s, 7));
  std::vector<double> gaps;
  for (std::size_t i = 1; i < due.size(); ++i) gaps.push_back(seconds(due[i] - due[i - 1]));
  std::sort(gaps.begin(), gaps.end());
  const auto count = static_cast<double>(gaps.size());
  double distance = 0;  // Kolmogorov and Smirnov's.
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const double expected = 1 - std::exp(-100 * gaps[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, expected - rank / count, (rank + 1) / count - expected});
  }
  EXPECT_LT(distance * std::sqrt(count), 1.358) << "the table's for 5 %";
}

TEST(PairSchedule, TossesAFairCoinForEachPair) {
  const PairSchedule pairs = pair_schedule(100, 400s, 11);
  double base_first = 0;
  double same_again = 0;
  for (std::size_t i = 0; i < pairs.base.size(); ++i) {
    const bool is_base = pairs.base[i] < pairs.head[i];
    if (is_base) ++base_first;
    if (i > 0 && is_base == (pairs.base[i - 1] < pairs.head[i - 1])) ++same_again;
  }
  const auto count = static_cast<double>(pairs.base.size());
  EXPECT_NEAR(base_first / count, 0.5, 3 * 0.5 / std::sqrt(count));
  EXPECT_NEAR(same_again / count, 0.5, 3 * 0.5 / std::sqrt(count));
}

TEST(PairSchedule, HangsOnItsSeedAlone) {
  const PairSchedule pairs = pair_schedule(20, 10s, 5);
  EXPECT_EQ(pairs.base, pair_schedule(20, 10s, 5).base);
  EXPECT_EQ(pairs.head, pair_schedule(20, 10s, 5).head);
  EXPECT_NE(pairs.head, pair_schedule(20, 10s, 6).head);
  const PairSchedule shorter = pair_schedule(20, 5s, 5);
  ASSERT_LT(shorter.base.size(), pairs.base.size());
  EXPECT_TRUE(std::equal(shorter.base.begin(), shorter.base.end(), pairs.base.begin()));
}

const std::string kBase = "http://base.test";
const std::string kHead = "http://head.test";

using Build = plan::Plan (*)(SamplePlan& sample);

plan::Plan plan_for(const std::string& target, Build build) {
  SamplePlan sample;
  sample.plan().target = target;
  return build(sample);
}

// A side's requests, as its service sees them.
struct Seen {
  TimePoint at;
  std::string path, body;
  const transport::Channel* channel = nullptr;
  auto what() const { return path + " " + body; }
};

// One worker's part of a duet, turned by hand.
class DuetPlay {
 public:
  explicit DuetPlay(Build build, ScriptedTransport::Script script = nullptr, unsigned index = 0,
                    unsigned count = 1, const DrawnRows& rows = {kSeed, {}})
      : base_plan_(plan_for(kBase, build)),
        head_plan_(plan_for(kHead, build)),
        pairs_(pair_schedule(base_plan_.stages[0].rate, base_plan_.length(), kSeed)),
        base_(terms(base_plan_, pairs_.base, rows), options_of(count), {}),
        head_(terms(head_plan_, pairs_.head, rows), options_of(count), {}),
        transport_(clock_, std::move(script)),
        stop_(base_plan_.length(), base_plan_.http.timeout + kStopGrace),
        start_(clock_.now()),
        worker_({base_.surroundings(clock_, stop_), head_.surroundings(clock_, stop_)}, transport_,
                {index, count}) {
    worker_.begin({start_, clock_.wall()});
  }

  void until(Nanoseconds elapsed) {
    while (!is_over_ && clock_.now() - start_ < elapsed) is_over_ = !worker_.turn();
  }
  void to_the_end() {
    until(std::chrono::hours(24));
    ASSERT_TRUE(is_over_);
    EXPECT_EQ(worker_.users(0) + worker_.users(1), 0U);
    EXPECT_EQ(transport_.open_channels(), 0U);
  }

  std::vector<Seen> seen_by(const std::string& target) const {
    std::vector<Seen> seen;
    for (const support::Sent& sent : transport_.sent()) {
      if (!sent.url.starts_with(target)) continue;
      seen.push_back({sent.at, sent.url.substr(target.size()), sent.body, sent.channel});
    }
    return seen;
  }
  std::vector<std::string> paths_of(const std::string& target) const {
    std::vector<std::string> paths;
    for (const Seen& seen : seen_by(target)) paths.push_back(seen.path);
    return paths;
  }

  metrics::RunResult close(std::size_t side) {
    Lane& lane = side == 0 ? base_ : head_;
    lane.collect(nullptr);
    return lane.close({worker_.account(side)}, stop_.end(), false);
  }

  Nanoseconds elapsed() const { return clock_.now() - start_; }
  TimePoint start() const { return start_; }
  const PairSchedule& pairs() const { return pairs_; }
  ManualClock& clock() { return clock_; }
  Stop& stop() { return stop_; }
  Worker& worker() { return worker_; }
  ScriptedTransport& transport() { return transport_; }
  const Lane& base() const { return base_; }

 private:
  static constexpr std::uint64_t kSeed = 7;

  static Options options_of(unsigned workers) {
    Options options;
    options.seed = kSeed;
    options.workers = workers;
    return options;
  }
  static LaneTerms terms(const plan::Plan& plan, std::vector<Nanoseconds> due, DrawnRows rows) {
    return {
        .plan = &plan, .arrivals = Arrivals(plan.stages, std::move(due)), .rows = std::move(rows)};
  }

  plan::Plan base_plan_, head_plan_;
  ManualClock clock_;
  PairSchedule pairs_;
  Lane base_, head_;
  ScriptedTransport transport_;
  Stop stop_;
  TimePoint start_;
  Worker worker_;
  bool is_over_ = false;
};

// Two scenarios, tasks of several weights, random values in paths and bodies.
plan::Plan shop(SamplePlan& sample) {
  plan::Scenario visitor, buyer;
  visitor.weight = 2;
  visitor.tasks.push_back({3, {sample.get("/products/{{ random_int(1, 1000000) }}")}});
  visitor.tasks.push_back({1, {sample.get("/search/{{ random_string(8) }}")}});
  const std::size_t order = sample.get("/orders");
  sample.request(order).method = plan::Method::post;
  sample.request(order).body = sample.text(R"({"id": "{{ uuid() }}"})");
  buyer.tasks.push_back({1, {order}});
  return sample.with(rate_stage(50, 20s)).with(visitor).with(buyer).plan();
}

TEST(Duet, SendsBothSidesTheSamePairByPairWhenItIsDue) {
  DuetPlay play(shop);
  play.to_the_end();
  const std::vector<Seen> base = play.seen_by(kBase);
  const std::vector<Seen> head = play.seen_by(kHead);
  ASSERT_EQ(base.size(), play.pairs().base.size());
  ASSERT_EQ(head.size(), play.pairs().head.size());
  std::set<std::string> different;
  for (std::size_t i = 0; i < base.size(); ++i) {
    ASSERT_EQ(base[i].what(), head[i].what()) << "pair " << i;
    ASSERT_EQ(base[i].at - play.start(), play.pairs().base[i]);
    ASSERT_EQ(head[i].at - play.start(), play.pairs().head[i]);
    different.insert(base[i].what());
  }
  EXPECT_GT(different.size(), base.size() - 5);
}

TEST(Duet, SendsTheSameWithTwoWorkers) {
  DuetPlay alone(shop);
  alone.to_the_end();
  for (const std::string& side : {kBase, kHead}) {
    std::vector<std::pair<TimePoint, std::string>> expected, sent;
    for (const Seen& one : alone.seen_by(side)) expected.emplace_back(one.at, one.what());
    for (const unsigned index : {0U, 1U}) {
      DuetPlay play(shop, nullptr, index, 2);
      play.to_the_end();
      EXPECT_EQ(play.seen_by(kBase).size(), play.seen_by(kHead).size()) << "whole pairs";
      EXPECT_NEAR(static_cast<double>(play.seen_by(side).size()),
                  static_cast<double>(expected.size()) / 2, 1);
      for (const Seen& one : play.seen_by(side)) sent.emplace_back(one.at, one.what());
    }
    std::sort(sent.begin(), sent.end());
    EXPECT_EQ(sent, expected);
  }
}

std::vector<bool> is_base(const std::vector<support::Sent>& sent) {
  std::vector<bool> is_base;
  for (const support::Sent& one : sent) is_base.push_back(one.url.starts_with(kBase));
  return is_base;
}

TEST(Duet, SendsWhatIsOverdueInTheOrderOfItsMoments) {
  DuetPlay play(shop);
  std::map<Nanoseconds, bool> order;
  for (const Nanoseconds due : play.pairs().base) order[due] = true;
  for (const Nanoseconds due : play.pairs().head) order[due] = false;
  std::vector<bool> expected;
  for (const auto& [due, is_base] : order) expected.push_back(is_base);

  for (int hiccup = 0; hiccup < 15; ++hiccup) {
    play.until(play.elapsed() + 100ms);
    play.clock().advance(1s);
  }
  play.to_the_end();
  EXPECT_EQ(is_base(play.transport().sent()), expected);
}

// When the rests that went before these requests were over.
std::vector<Nanoseconds> ends_of_rests(const std::vector<support::Sent>& sent, Nanoseconds rest) {
  std::vector<Nanoseconds> ends;
  std::map<const transport::Channel*, TimePoint> before;
  for (const support::Sent& one : sent) {
    if (one.url.ends_with("/before")) {
      before[one.channel] = one.at;
    } else {
      ends.push_back((before[one.channel] + rest).time_since_epoch());
    }
  }
  return ends;
}

TEST(Duet, EndsRestsInTheOrderOfTheirMomentsAndFavoursNoSideInATie) {
  DuetPlay play(
      [](SamplePlan& sample) {
        plan::Scenario scenario;
        scenario.tasks.push_back({1, {sample.get("/before"), fixed(500ms), sample.get("/after")}});
        return sample.with(rate_stage(50, 20s)).with(scenario).plan();
      },
      [](const auto&) { return Reply{.after = 0s, .body = {}}; });
  while (play.elapsed() < 20s) {
    play.until(play.elapsed() + 100ms);
    play.clock().advance(400ms);
  }
  play.to_the_end();
  const std::vector<support::Sent>& sent = play.transport().sent();
  const std::vector<Nanoseconds> ends = ends_of_rests(sent, 500ms);
  EXPECT_TRUE(std::is_sorted(ends.begin(), ends.end()));

  std::vector<support::Sent> after;
  std::copy_if(sent.begin(), sent.end(), std::back_inserter(after),
               [](const support::Sent& one) { return one.url.ends_with("/after"); });
  std::map<bool, int> leads;  // Of base, where both sides' rests ended at one moment.
  for (std::size_t i = 0; i + 1 < after.size(); ++i) {
    const bool is_first = i == 0 || ends[i - 1] != ends[i];
    const auto same = static_cast<std::size_t>(std::count(ends.begin(), ends.end(), ends[i]));
    if (is_first && same > 4) ++leads[after[i].url.starts_with(kBase)];
  }
  EXPECT_GT(leads[true], 3);
  EXPECT_GT(leads[false], 3);
}

// Signs in and carries what it got.
plan::Plan member(SamplePlan& sample) {
  plan::Scenario scenario;
  const std::size_t login = sample.get("/login", Role::on_start);
  sample.capture(login, "token", "$.token");
  scenario.on_start = {login};
  scenario.tasks.push_back({1, {sample.get("/page/{{ token }}")}});
  scenario.on_stop = {sample.get("/logout", Role::on_stop)};
  return sample.with(rate_stage(20, 10s)).with(scenario).plan();
}

Reply token_of_side(const transport::Exchange& exchange) {
  return {.body = exchange.url.starts_with(kBase) ? R"({"token": "b"})" : R"({"token": "h"})"};
}

std::size_t count(const std::vector<std::string>& paths, const std::string& path) {
  return static_cast<std::size_t>(std::count(paths.begin(), paths.end(), path));
}

TEST(Duet, KeepsUsersAndWhatTheyCapturedApart) {
  DuetPlay play(member, token_of_side);
  play.to_the_end();
  EXPECT_EQ(count(play.paths_of(kBase), "/page/b"), play.pairs().base.size());
  EXPECT_EQ(count(play.paths_of(kHead), "/page/h"), play.pairs().head.size());
  std::set<const transport::Channel*> base;
  for (const Seen& seen : play.seen_by(kBase)) base.insert(seen.channel);
  for (const Seen& seen : play.seen_by(kHead)) EXPECT_FALSE(base.contains(seen.channel));
}

TEST(Duet, GoesOnWithOneSideWhereTheOtherIsDead) {
  for (const std::string& dead : {kBase, kHead}) {
    DuetPlay play(member, [&](const transport::Exchange& exchange) {
      return exchange.url.starts_with(dead) ? refused() : token_of_side(exchange);
    });
    play.to_the_end();
    EXPECT_GE(play.elapsed(), 10s);
    const std::size_t alive = dead == kBase ? 1 : 0;
    const metrics::RunResult well = play.close(alive);
    const metrics::RunResult gone = play.close(1 - alive);
    EXPECT_EQ(well.health.arrivals, play.pairs().base.size());
    EXPECT_EQ(well.health.dropped, 0U);
    EXPECT_TRUE(well.failures.empty());
    EXPECT_EQ(gone.health.arrivals, play.pairs().base.size());
    EXPECT_EQ(gone.health.dropped, play.pairs().base.size());
    EXPECT_GT(count(play.paths_of(alive == 0 ? kBase : kHead), "/logout"), 0U);
  }
}

TEST(Duet, LetsASlowSideNotHoldUpTheOther) {
  DuetPlay play(member, [](const transport::Exchange& exchange) {
    return exchange.url.starts_with(kHead + "/page") ? hanging() : token_of_side(exchange);
  });
  play.to_the_end();
  const metrics::RunResult base = play.close(0);
  EXPECT_EQ(base.health.late_share, 0);
  EXPECT_TRUE(base.failures.empty());
  const metrics::RunResult head = play.close(1);
  ASSERT_FALSE(head.failures.empty());
  EXPECT_EQ(head.failures[0].kind, metrics::ErrorKind::timed_out);
}

TEST(Duet, StopsBothSidesGently) {
  DuetPlay play(member, token_of_side);
  play.until(4s);
  play.stop().gently(play.elapsed());
  play.to_the_end();
  EXPECT_LT(play.elapsed(), 4200ms);
  EXPECT_GT(count(play.paths_of(kBase), "/logout"), 0U);
  EXPECT_GT(count(play.paths_of(kHead), "/logout"), 0U);
  EXPECT_EQ(play.close(0).judging.stages[0].held.to, play.close(1).judging.stages[0].held.to);
}

TEST(Duet, CutsBothSidesOffAtOnce) {
  DuetPlay play(shop, [](const auto&) { return hanging(); });
  play.until(4s);
  EXPECT_GT(play.worker().users(0), 0U);
  EXPECT_GT(play.worker().users(1), 0U);
  play.stop().now(play.elapsed());
  play.transport().wake();
  play.to_the_end();
  EXPECT_LT(play.elapsed(), 4100ms);
}

// Every second arrival reads a row of its own.
template <plan::Data::Order order, bool reuse>
plan::Plan reader(SamplePlan& sample) {
  plan::Data data = support::rows("items", 300);
  data.order = order;
  data.reuse = reuse;
  sample.data(std::move(data));
  const std::size_t reading = sample.get("/items/{{ data.items.nr }}");
  sample.reads(reading, 0);
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {reading}});
  scenario.tasks.push_back({1, {sample.get("/plain")}});
  return sample.with(rate_stage(20, 10s)).with(scenario).plan();
}

TEST(Duet, GivesBothSidesOfAPairTheSameRow) {
  using Order = plan::Data::Order;
  for (const Build build : {reader<Order::sequential, false>, reader<Order::shuffle, false>,
                            reader<Order::shuffle, true>, reader<Order::random, true>}) {
    DuetPlay play(build);
    play.to_the_end();
    EXPECT_GT(play.paths_of(kBase).size(), 150U);
    EXPECT_EQ(play.paths_of(kBase), play.paths_of(kHead));
  }
}

TEST(Duet, HandsRowsOutOnceOverAllEpochs) {
  std::multiset<std::string> sent;
  DrawnRows rows{.seed = 99, .draws = {}};
  for (int epoch = 0; epoch < 5; ++epoch) {
    DuetPlay play(reader<plan::Data::Order::shuffle, false>, nullptr, 0, 1, rows);
    play.to_the_end();
    for (const std::string& path : play.paths_of(kBase)) sent.insert(path);
    rows = play.base().drawn_rows();
    EXPECT_EQ(rows.seed, 99U);
  }
  sent.erase("/plain");
  EXPECT_EQ(sent.size(), 300U) << "there were more arrivals than rows";
  EXPECT_EQ(std::set(sent.begin(), sent.end()).size(), 300U);
}

}  // namespace
}  // namespace loadgate::load
