#include "session/try_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/manual_clock.h"
#include "support/sample_plan.h"
#include "support/scripted_transport.h"

namespace loadgate::session {
namespace {

using namespace std::chrono_literals;
using support::Reply;
using support::SamplePlan;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// A plan tried over a scripted wire, and what was shown.
class TryPlan : public testing::Test {
 protected:
  SamplePlan sample;
  plan::Scenario scenario;
  support::ScriptedTransport::Script script;
  TryOptions options;
  std::string shown;
  std::vector<std::string> urls;
  Nanoseconds took{};

  TryPlan() { scenario.name = "visitor"; }

  void add_task(std::vector<plan::Step> steps, unsigned weight = 1) {
    scenario.tasks.push_back({weight, std::move(steps)});
  }

  Result<Tried> try_it() {
    sample.with(support::stage(1, 1s)).with(scenario);
    options.show = [this](std::string_view text) { shown += text; };
    support::ManualClock clock;
    support::ScriptedTransport wire(clock, script);
    const TimePoint began = clock.now();
    Result<Tried> tried = try_scenarios(sample.plan(), wire, clock, options);
    took = clock.now() - began;
    urls = wire.urls();
    EXPECT_EQ(wire.open_channels(), 0U);
    return tried;
  }

  TryEnd end() {
    const Result<Tried> tried = try_it();
    EXPECT_TRUE(tried) << (tried ? "" : tried.error().text);
    return tried ? tried->end : TryEnd::unreachable;
  }
};

TEST_F(TryPlan, ShowsARequestItsResponseAndWhatThePlanMakesOfIt) {
  const std::size_t login = sample.get("/token");
  sample.request(login).headers.push_back({"Accept", sample.text("application/json")});
  sample.capture(login, "id", "$.user.id");
  add_task({login});
  script = [](const auto&) {
    return Reply{.body = R"({"user":{"id":17}})",
                 .head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"};
  };
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_EQ(shown, R"(
visitor: one iteration

GET /token
> GET http://sample.test/token
> Accept: application/json
< 200 OK in 10.0 ms
< Content-Type: application/json
<
< {
<   "user": {
<     "id": 17
<   }
< }
✓ status 200
✓ captured id = 17 from $.user.id

✓ 1 request in 1 scenario: all as the plan expects
)");
}

TEST_F(TryPlan, GivesEachTaskItsTurnInTheOrderOfThePlan) {
  scenario.on_start = {sample.get("/start", plan::Role::on_start)};
  add_task({sample.get("/a")}, 1);
  add_task({sample.get("/b"), sample.get("/c")}, 50);
  scenario.on_stop = {sample.get("/stop", plan::Role::on_stop)};
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_THAT(
      urls, ElementsAre("http://sample.test/start", "http://sample.test/a", "http://sample.test/b",
                        "http://sample.test/c", "http://sample.test/stop"));
  EXPECT_THAT(shown, HasSubstr("visitor: task 2 of 2, weight 50\n"));
}

TEST_F(TryPlan, SaysRestsAndWaitsForNone) {
  scenario.wait = support::fixed(1h);
  scenario.on_start = {support::fixed(2h)};
  add_task({sample.get("/a"), plan::Wait{1h, 2h}, sample.get("/b"),
            plan::Wait{3h, 3h, plan::Wait::Kind::exponential}});
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_LT(took, 1s);
  EXPECT_THAT(shown, HasSubstr("· wait 2h: skipped\n"));
  EXPECT_THAT(shown, HasSubstr("· wait 1h..2h: skipped\n"));
  EXPECT_THAT(shown, HasSubstr("· wait exponential 3h: skipped\n"));
}

TEST_F(TryPlan, AMissingCaptureSkipsTheRestOfItsTaskAndNoOther) {
  const std::size_t first = sample.get("/first");
  sample.capture(first, "id", "$.id");
  add_task({first, sample.get("/second")});
  add_task({sample.get("/third")});
  script = [](const auto&) { return Reply{.body = R"({"detail":"no"})"}; };
  EXPECT_EQ(end(), TryEnd::failed);
  EXPECT_THAT(urls, ElementsAre("http://sample.test/first", "http://sample.test/third"));
  EXPECT_THAT(shown, HasSubstr("✗ id not captured: $.id not found in {\"detail\":\"no\"}\n"
                               "· GET /second: not sent, because of what failed before\n"));
  EXPECT_THAT(shown, HasSubstr("✗ 2 requests in 1 scenario: 1 failed\n"));
}

TEST_F(TryPlan, ShowsEveryExpectationNotOnlyTheFirstThatFails) {
  const std::size_t page = sample.get("/page");
  plan::Expectations& expect = sample.request(page).expect;
  expect.status = plan::StatusRule(201);
  expect.contains = {sample.text("hello"), sample.text("bye")};
  expect.matches = {*plan::Regex::compile("h.llo")};
  expect.within = 5ms;
  add_task({page});
  script = [](const auto&) { return Reply{.body = "hello world"}; };
  EXPECT_EQ(end(), TryEnd::failed);
  EXPECT_THAT(shown, HasSubstr("✗ status 200, expected 201\n"
                               "✓ the body contains \"hello\"\n"
                               "✗ the body does not contain \"bye\": hello world\n"
                               "✓ the body matches h.llo\n"
                               "✗ took 10.0 ms, expected within 5.00 ms\n"));
}

TEST_F(TryPlan, ALoginThatFailsTriesNoTask) {
  const std::size_t login = sample.get("/login", plan::Role::on_start);
  scenario.on_start = {login, sample.get("/profile", plan::Role::on_start)};
  add_task({sample.get("/a")});
  script = [](const auto&) { return Reply{.status = 401, .body = {}}; };
  EXPECT_EQ(end(), TryEnd::failed);
  EXPECT_THAT(urls, ElementsAre("http://sample.test/login"));
  EXPECT_THAT(shown, HasSubstr("· GET /profile: not sent"));
}

TEST_F(TryPlan, MasksSecretsAndTokensEverywhere) {
  const std::size_t slot = sample.declare("token");
  const std::size_t login = sample.get("/login");
  sample.capture(login, "token", "$.access");
  const std::size_t page = sample.get("/page");
  sample.request(page).headers.push_back(
      {"Authorization", sample.text("Bearer {{ token }}", plan::Encoding::header)});
  sample.request(page).headers.push_back({"X-Copy", sample.text("{{ token }}")});
  sample.plan().secret_slots = {slot};
  add_task({login, page});
  script = [](const auto&) { return Reply{.body = R"({"access":"s3cr3t-t0ken"})"}; };
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_THAT(shown, Not(HasSubstr("s3cr3t-t0ken")));
  EXPECT_THAT(shown, HasSubstr("✓ captured token = *** from $.access\n"));
  EXPECT_THAT(shown, HasSubstr("<   \"access\": \"***\"\n"));
  EXPECT_THAT(shown, HasSubstr("> Authorization: ***\n> X-Copy: ***\n"));
}

TEST_F(TryPlan, ARefusedConnectionIsAFailureWithItsReason) {
  add_task({sample.get("/a"), sample.get("/b")});
  script = [](const auto&) { return support::refused(); };
  EXPECT_EQ(end(), TryEnd::failed);
  EXPECT_THAT(shown, HasSubstr("< no answer after 50.0 us\n✗ connection refused\n"
                               "· GET /b: not sent"));
}

TEST_F(TryPlan, CtrlCEndsItAtOnce) {
  load::StopRequest stop = 0;
  options.stop_request = &stop;
  add_task({sample.get("/a"), sample.get("/b")});
  script = [&](const auto&) {
    stop = 1;
    return support::hanging();
  };
  EXPECT_EQ(end(), TryEnd::interrupted);
  EXPECT_THAT(urls, ElementsAre("http://sample.test/a"));
  EXPECT_LT(took, 1s);
}

TEST_F(TryPlan, TriesOneScenarioAlone) {
  plan::Scenario other;
  other.name = "other";
  other.tasks.push_back({1, {sample.get("/other")}});
  sample.with(other);
  add_task({sample.get("/a")});
  options.scenario = "visitor";
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_THAT(urls, ElementsAre("http://sample.test/a"));
}

TEST_F(TryPlan, NamesTheScenariosThereAre) {
  add_task({sample.get("/a")});
  options.scenario = "buyer";
  const Result<Tried> tried = try_it();
  ASSERT_FALSE(tried);
  EXPECT_EQ(tried.error().text, "the plan has no scenario \"buyer\": it has visitor");
  EXPECT_THAT(urls, ElementsAre());
}

TEST_F(TryPlan, UserAndSeedChooseTheValues) {
  const std::size_t page = sample.get("/{{ user.id }}");
  add_task({page});
  options.user = 42;
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_THAT(urls, ElementsAre("http://sample.test/42"));
}

TEST_F(TryPlan, SaysWhichDataRanOutBeforeATaskCouldBeTried) {
  plan::Data data = support::rows("numbers", 1);
  data.reuse = false;
  sample.data(std::move(data));
  for (const char* path : {"/a/{{ data.numbers.nr }}", "/b/{{ data.numbers.nr }}"}) {
    const std::size_t page = sample.get(path);
    sample.reads(page, 0);
    add_task({page, support::fixed(1h)});
  }
  scenario.on_stop = {support::fixed(1h), sample.get("/stop", plan::Role::on_stop)};
  EXPECT_EQ(end(), TryEnd::failed);
  EXPECT_THAT(urls, ElementsAre("http://sample.test/a/0", "http://sample.test/stop"));
  EXPECT_THAT(shown, HasSubstr("✗ no row of numbers is left: the user stops\n"
                               "· GET /b/{{ data.numbers.nr }}: not sent"));
  EXPECT_THAT(shown, HasSubstr("✗ 2 requests in 1 scenario: 0 failed, data ran out\n"));
}

TEST_F(TryPlan, NoServerCanForgeLinesOrReachTheTerminal) {
  add_task({sample.get("/a")});
  script = [](const auto&) {
    return Reply{.body = "one\n✓ captured x = 1\x1b[31m\r\n> GET /b",
                 .head =
                     "HTTP/1.1 200 OK\x1b[2J\r\nX-Odd: a\x1b"
                     "b\r\n\r\n"};
  };
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_THAT(shown, HasSubstr("< 200 OK?[2J in 10.0 ms\n< X-Odd: a?b\n<\n"
                               "< one\n< ✓ captured x = 1?[31m\n< > GET /b\n"));
}

TEST_F(TryPlan, CutsLongBodiesAndNamesBinaryOnes) {
  add_task({sample.get("/long"), sample.get("/image")});
  script = [](const transport::Exchange& exchange) {
    if (exchange.url.ends_with("long")) return Reply{.body = std::string(3000, 'x')};
    return Reply{.body = std::string("PNG\0\0", 5)};
  };
  EXPECT_EQ(end(), TryEnd::as_expected);
  EXPECT_THAT(shown,
              HasSubstr("\n< " + std::string(2048, 'x') + "\n< … (cut: the body has 3.00 kB)\n"));
  EXPECT_THAT(shown, HasSubstr("\n< (5 B, not text)\n"));
}

}  // namespace
}  // namespace loadgate::session
