#include "load/user.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using plan::Role;
using support::fixed;
using support::SamplePlan;
using testing::ElementsAre;
using Kind = Move::Kind;

constexpr TimePoint kStart{1000s};

// One user whose requests the test answers by hand.
class UserTest : public testing::Test {
 protected:
  void play(plan::Scenario scenario) {
    sample_.with(std::move(scenario)).with(support::stage(1, 60s));
    script_.emplace(sample_.plan(), 7, 1);
    user_.emplace(*script_, Epoch{kStart, WallTime(std::chrono::milliseconds(1'767'323'045'000))},
                  0, 0);
    move_ = user_->begin(now_);
  }

  // Answers the request in hand and goes on.
  void answer(int status, const std::string& body = "") {
    ASSERT_EQ(move_.kind, Kind::send);
    transport::Exchange& exchange = user_->exchange();
    sent_.push_back(exchange.url);
    exchange.outcome = transport::Outcome::ok;
    exchange.response.status = status;
    exchange.response.body = body;
    move_ = user_->go_on(user_->read_answer(), now_);
  }

  void fail(transport::Outcome outcome) {
    ASSERT_EQ(move_.kind, Kind::send);
    sent_.push_back(user_->exchange().url);
    user_->exchange().outcome = outcome;
    user_->exchange().response = {};
    move_ = user_->go_on(user_->read_answer(), now_);
  }

  void rest() {
    ASSERT_EQ(move_.kind, Kind::rest);
    now_ = move_.until;
    move_ = user_->rested(now_);
  }

  // The path that is being asked for.
  std::string path() const {
    if (move_.kind != Kind::send) return "nothing";
    return user_->exchange().url.substr(sample_url_.size());
  }

  const std::string sample_url_ = "http://sample.test";
  SamplePlan sample_;
  std::optional<Script> script_;
  std::optional<User> user_;
  TimePoint now_ = kStart;
  Move move_;
  std::vector<std::string> sent_;
};

TEST_F(UserTest, DoesOnStartOnceThenTasksWithTheWaitBetweenThem) {
  plan::Scenario scenario;
  scenario.wait = fixed(2s);
  scenario.on_start = {sample_.get("/start", Role::on_start)};
  scenario.tasks.push_back({1, {sample_.get("/a"), sample_.get("/b")}});
  play(scenario);

  EXPECT_EQ(path(), "/start");
  answer(200);
  EXPECT_EQ(path(), "/a");  // The first task at once.
  answer(200);
  EXPECT_EQ(path(), "/b");  // No wait between steps.
  answer(200);
  EXPECT_EQ(move_.kind, Kind::rest);
  EXPECT_EQ(move_.until, now_ + 2s);
  rest();
  EXPECT_EQ(path(), "/a");
}

TEST_F(UserTest, GoesOnAtOnceWithoutAWait) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/")}});
  play(scenario);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(path(), "/");
    answer(200);
  }
}

TEST_F(UserTest, DrawsItsWaitUniformly) {
  plan::Scenario scenario;
  scenario.wait = {1s, 5s};
  scenario.tasks.push_back({1, {sample_.get("/")}});
  play(scenario);
  Nanoseconds sum{};
  for (int i = 0; i < 1000; ++i) {
    answer(200);
    const Nanoseconds wait = move_.until - now_;
    ASSERT_GE(wait, 1s);
    ASSERT_LE(wait, 5s);
    sum += wait;
    rest();
  }
  EXPECT_NEAR(seconds(sum) / 1000, 3.0, 0.16);  // 4.4 standard errors.
}

TEST_F(UserTest, RestsBetweenStepsWhereThePlanSaysSo) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/a"), fixed(300ms), sample_.get("/b")}});
  play(scenario);
  answer(200);
  EXPECT_EQ(move_.kind, Kind::rest);
  EXPECT_EQ(move_.until, now_ + 300ms);
  rest();
  EXPECT_EQ(path(), "/b");
}

TEST_F(UserTest, UsesWhatItCapturedInLaterRequests) {
  const std::size_t open = sample_.get("/carts", Role::on_start);
  sample_.capture(open, "cart", "$.id");
  const std::size_t add = sample_.get("/carts/{{ cart }}/items?user={{ user.id }}");
  sample_.request(add).method = plan::Method::post;
  sample_.request(add).body = sample_.text(R"({"cart": "{{ cart }}", "nr": {{ iteration }}})");
  sample_.request(add).headers.push_back({"X-Cart", sample_.text("{{ cart }}")});
  plan::Scenario scenario;
  scenario.on_start = {open};
  scenario.tasks.push_back({1, {add}});
  play(scenario);

  EXPECT_EQ(user_->exchange().keep, transport::Keep::whole);
  answer(201, R"({"id": "a/b"})");
  const transport::Exchange& exchange = user_->exchange();
  EXPECT_EQ(path(), "/carts/a%2Fb/items?user=1");
  EXPECT_EQ(exchange.method, plan::Method::post);
  EXPECT_EQ(exchange.keep, transport::Keep::beginning);
  EXPECT_TRUE(exchange.has_body);
  EXPECT_EQ(exchange.body, R"({"cart": "a/b", "nr": 0})");
  EXPECT_THAT(exchange.headers->lines, ElementsAre("X-Cart: a/b"));
  EXPECT_FALSE(exchange.headers->is_constant);
  answer(200);
  EXPECT_EQ(user_->exchange().body, R"({"cart": "a/b", "nr": 1})");
}

TEST_F(UserTest, DoesNotLetACapturedValueBeginAnotherHeader) {
  const std::size_t open = sample_.get("/a");
  sample_.capture(open, "id", "$.id");
  const std::size_t use = sample_.get("/b");
  sample_.request(use).headers.push_back({"X-Id", sample_.text("{{ id }}")});
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {open, use}});
  play(scenario);
  answer(200, R"({"id": "1\r\nX-Evil: 1\u0000"})");
  EXPECT_THAT(user_->exchange().headers->lines, ElementsAre("X-Id: 1  X-Evil: 1 "));
}

TEST_F(UserTest, SignsInWithWhatItCaptured) {
  const std::size_t open = sample_.get("/a");
  sample_.capture(open, "password", "$.password");
  const std::size_t use = sample_.get("/b");
  sample_.request(use).headers.push_back(
      {"Authorization", sample_.text("aladdin:{{ password }}"), plan::Header::Form::basic_auth});
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {open, use}});
  play(scenario);
  answer(200, R"({"password": "open\r\nsesame"})");
  EXPECT_THAT(user_->exchange().headers->lines,
              ElementsAre("Authorization: Basic YWxhZGRpbjpvcGVuDQpzZXNhbWU="));
  EXPECT_THAT(user_->secrets(), ElementsAre("YWxhZGRpbjpvcGVuDQpzZXNhbWU="));
}

TEST_F(UserTest, HoldsARowForAnIterationAndTheOneOfOnStartForLife) {
  sample_.data(support::rows("users", 9)).data(support::rows("items", 9));
  const std::size_t login = sample_.get("/login/{{ data.users.nr }}", Role::on_start);
  const std::size_t first = sample_.get("/{{ data.users.nr }}/{{ data.items.nr }}/a");
  const std::size_t second = sample_.get("/{{ data.users.nr }}/{{ data.items.nr }}/b");
  sample_.reads(login, 0);
  for (const std::size_t request : {first, second}) {
    sample_.reads(request, 0);
    sample_.reads(request, 1);
  }
  sample_.plan().secret_fields = {{1, 0}};
  plan::Scenario scenario;
  scenario.on_start = {login};
  scenario.tasks.push_back({1, {first, second}});
  play(scenario);
  std::vector<std::string> paths;
  for (int i = 0; i < 5; ++i) {
    paths.push_back(path());
    answer(200);
  }
  EXPECT_THAT(paths, ElementsAre("/login/0", "/0/0/a", "/0/0/b", "/0/1/a", "/0/1/b"));
  EXPECT_THAT(user_->secrets(), ElementsAre("2"));
}

TEST_F(UserTest, StopsWhereItsDataHasRunOut) {
  plan::Data once = support::rows("items", 2);
  once.reuse = false;
  sample_.data(once);
  const std::size_t use = sample_.get("/{{ data.items.nr }}");
  sample_.reads(use, 0);
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {use}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  answer(200);
  EXPECT_EQ(path(), "/1");
  EXPECT_EQ(user_->ran_out(), nullptr);
  answer(200);
  EXPECT_EQ(path(), "/stop");
  EXPECT_EQ(user_->ran_out(), &sample_.plan().data[0]);
  EXPECT_TRUE(user_->is_retired());
  answer(200);
  EXPECT_EQ(move_.kind, Kind::leave);
}

TEST_F(UserTest, LeavesAtOnceWhereThereIsNoDataToStartWith) {
  plan::Data once = support::rows("items", 1);
  once.reuse = false;
  sample_.data(once);
  const std::size_t use = sample_.get("/{{ data.items.nr }}", Role::on_start);
  sample_.reads(use, 0);
  plan::Scenario scenario;
  scenario.on_start = {use};
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  EXPECT_EQ(path(), "/0");
  User second(*script_, Epoch{kStart, {}}, 0, 1);
  EXPECT_EQ(second.begin(kStart).kind, Kind::leave);
  EXPECT_NE(second.ran_out(), nullptr);
  EXPECT_FALSE(second.failed_to_start());
}

TEST_F(UserTest, BeginsIterationsAtItsPace) {
  plan::Scenario scenario;
  scenario.wait = {10s, 10s, plan::Wait::Kind::pacing};
  scenario.tasks.push_back({1, {sample_.get("/")}});
  play(scenario);
  now_ += 3s;
  answer(200);
  EXPECT_EQ(move_.until, kStart + 10s);
  rest();
  now_ += 12s;  // Slower than the pace: again at once, and from there on.
  answer(200);
  EXPECT_EQ(move_.kind, Kind::send);
  now_ += 1s;
  answer(200);
  EXPECT_EQ(move_.until, kStart + 10s + 12s + 10s);
}

// A user of a pool, told what to do by the test.
TEST_F(UserTest, OfAPoolTakesArrivalsAndIdlesBetweenThem) {
  plan::Scenario scenario;
  scenario.wait = fixed(10s);  // Not used.
  scenario.on_start = {sample_.get("/start", Role::on_start)};
  scenario.tasks.push_back(
      {1, {sample_.get("/a/{{ random_int(1, 1000000) }}"), fixed(2s), sample_.get("/b")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  sample_.with(std::move(scenario)).with(support::rate_stage(1, 60s));
  script_.emplace(sample_.plan(), 7, 0);
  user_.emplace(*script_, Epoch{kStart, {}}, sample_.plan().scenarios[0], User::Identity{});
  move_ = user_->begin(now_);
  EXPECT_EQ(path(), "/start");
  answer(200);
  EXPECT_EQ(move_.kind, Kind::idle);

  now_ += 5s;
  move_ = user_->take(script_->random_of_arrival(4), now_ - 3s, now_);
  const std::string first = path();
  EXPECT_EQ(user_->due(), now_ - 3s);
  answer(200);
  EXPECT_EQ(move_.until, now_ + 2s);
  rest();
  EXPECT_EQ(path(), "/b");
  user_->exchange().moments.sent = now_;
  EXPECT_EQ(user_->due(), now_) << "only the first request waits for a user";
  answer(200);
  EXPECT_EQ(move_.kind, Kind::idle);

  move_ = user_->take(script_->random_of_arrival(4), now_, now_);
  EXPECT_EQ(path(), first) << "what an arrival does hangs on its number alone";
  fail(transport::Outcome::could_not_connect);
  EXPECT_EQ(move_.kind, Kind::idle) << "arrivals set the pace, so there is no rest";
  move_ = user_->retire(now_);
  EXPECT_EQ(path(), "/stop");
}

TEST_F(UserTest, OfAPoolCountsFromDueBehindALeadingWait) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {fixed(2s), sample_.get("/a")}});
  sample_.with(std::move(scenario)).with(support::rate_stage(1, 60s));
  script_.emplace(sample_.plan(), 7, 0);
  user_.emplace(*script_, Epoch{kStart, {}}, sample_.plan().scenarios[0], User::Identity{});
  ASSERT_EQ(user_->begin(now_).kind, Kind::idle);
  move_ = user_->take(script_->random_of_arrival(0), now_ - 1s, now_);
  rest();
  EXPECT_EQ(user_->due(), kStart - 1s + 2s);
}

TEST_F(UserTest, KeepsConstantTextsRightWhileRequestsTakeTurns) {
  const std::size_t plain = sample_.get("/plain");
  const std::size_t posted = sample_.get("/posted");
  sample_.request(posted).body = sample_.text("constant");
  const std::size_t numbered = sample_.get("/{{ iteration }}");
  sample_.request(numbered).body = sample_.text("{{ iteration }}");
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {plain, plain, posted, numbered, posted, plain}});
  play(scenario);
  std::vector<std::string> seen;
  for (int i = 0; i < 6; ++i) {
    seen.push_back(path() +
                   (user_->exchange().has_body ? " " + std::string(user_->exchange().body) : ""));
    answer(200);
  }
  EXPECT_THAT(seen, ElementsAre("/plain", "/plain", "/posted constant", "/0 0", "/posted constant",
                                "/plain"));
}

TEST_F(UserTest, RunsOnStopAfterTheRequestInHand) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/a"), sample_.get("/b")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  EXPECT_EQ(user_->retire(now_).kind, Kind::stay);
  answer(200);
  EXPECT_EQ(path(), "/stop");  // Not /b.
  answer(200);
  EXPECT_EQ(move_.kind, Kind::leave);
  EXPECT_FALSE(user_->failed_to_start());
}

TEST_F(UserTest, GoesStraightToOnStopWhenRetiredAtRest) {
  plan::Scenario scenario;
  scenario.wait = fixed(10s);
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  answer(200);
  ASSERT_EQ(move_.kind, Kind::rest);
  move_ = user_->retire(now_);
  EXPECT_EQ(path(), "/stop");
}

TEST_F(UserTest, LeavesWithoutOnStopWhenRetiredBeforeOnStartIsOver) {
  plan::Scenario scenario;
  scenario.on_start = {sample_.get("/1", Role::on_start), sample_.get("/2", Role::on_start)};
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  user_->retire(now_);
  answer(200);
  EXPECT_EQ(move_.kind, Kind::leave);
  EXPECT_FALSE(user_->failed_to_start());
}

TEST_F(UserTest, RunsOnStopWhenRetiredInTheLastRequestOfOnStart) {
  plan::Scenario scenario;
  scenario.on_start = {sample_.get("/1", Role::on_start)};
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  user_->retire(now_);
  answer(200);
  EXPECT_EQ(path(), "/stop");
}

TEST_F(UserTest, FailsToStartWhenARequestOfOnStartFails) {
  plan::Scenario scenario;
  scenario.on_start = {sample_.get("/1", Role::on_start), sample_.get("/2", Role::on_start)};
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  answer(503);
  EXPECT_EQ(move_.kind, Kind::leave);
  EXPECT_TRUE(user_->failed_to_start());
}

TEST_F(UserTest, GoesOnAfterAnUnexpectedStatus) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/a"), sample_.get("/b")}});
  play(scenario);
  answer(500);
  EXPECT_EQ(path(), "/b");
}

TEST_F(UserTest, SkipsTheOtherStepsWhenACaptureFindsNothing) {
  const std::size_t first = sample_.get("/a");
  sample_.capture(first, "id", "$.id");
  plan::Scenario scenario;
  scenario.wait = fixed(1s);
  scenario.tasks.push_back({1, {first, sample_.get("/b")}});
  play(scenario);
  answer(200, "{}");
  EXPECT_EQ(move_.kind, Kind::rest);
  rest();
  EXPECT_EQ(path(), "/a");
}

TEST_F(UserTest, RestsAfterATransportErrorEvenWithoutAWait) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/a"), sample_.get("/b")}});
  play(scenario);
  fail(transport::Outcome::could_not_connect);
  EXPECT_EQ(move_.kind, Kind::rest);
  EXPECT_EQ(move_.until, now_ + User::kRest);
  rest();
  EXPECT_EQ(path(), "/a");
  answer(200);
  answer(200);
  EXPECT_EQ(path(), "/a");  // All well again: no rest.
}

TEST_F(UserTest, LeavesOnStopWhereAnIterationWouldEnd) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/1", Role::on_stop), sample_.get("/2", Role::on_stop),
                      sample_.get("/3", Role::on_stop)};
  play(scenario);
  user_->retire(now_);
  answer(200);
  answer(500);  // Alone, a status changes nothing.
  EXPECT_EQ(path(), "/2");
  fail(transport::Outcome::connection_lost);
  EXPECT_EQ(move_.kind, Kind::leave);
}

TEST_F(UserTest, LeavesAtOnceWhenItsRequestIsCancelled) {
  plan::Scenario scenario;
  scenario.tasks.push_back({1, {sample_.get("/a")}});
  scenario.on_stop = {sample_.get("/stop", Role::on_stop)};
  play(scenario);
  fail(transport::Outcome::cancelled);
  EXPECT_EQ(move_.kind, Kind::leave);
}

}  // namespace
}  // namespace loadgate::load
