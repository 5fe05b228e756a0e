#include "load/script.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using support::SamplePlan;

plan::Plan plan_with_weights(std::initializer_list<unsigned> weights) {
  SamplePlan sample;
  const std::size_t request = sample.get("/");
  for (const unsigned weight : weights) {
    plan::Scenario scenario;
    scenario.weight = weight;
    scenario.tasks.push_back({1, {request}});
    sample.with(scenario);
  }
  sample.with(support::stage(1, 1s));
  return sample.plan();
}

TEST(Script, DealsScenariosSoThatEveryPrefixOfUsersIsCloseToTheWeights) {
  const plan::Plan plan = plan_with_weights({7, 2, 1});
  const Script script(plan, 1, 1000);
  std::vector<double> played(3, 0);
  for (std::size_t user = 0; user < 1000; ++user) {
    ++played[static_cast<std::size_t>(&script.scenario_of(user) - plan.scenarios.data())];
    for (std::size_t i = 0; i < 3; ++i) {
      const double due = plan.scenarios[i].weight * static_cast<double>(user + 1) / 10;
      ASSERT_LT(std::abs(played[i] - due), 1) << "user " << user << ", scenario " << i;
    }
  }
}

TEST(Script, DealsTheSameWhateverTheSeed) {
  const plan::Plan plan = plan_with_weights({3, 2});
  const Script one(plan, 1, 20);
  const Script two(plan, 2, 20);
  for (std::size_t user = 0; user < 20; ++user) {
    EXPECT_EQ(&one.scenario_of(user), &two.scenario_of(user));
  }
}

TEST(Script, GivesEveryUserAndEveryLifeANumberStreamOfItsOwn) {
  const plan::Plan plan = plan_with_weights({1});
  const Script script(plan, 99, 10);
  const std::uint64_t first = script.random_of(0, 0).next();
  EXPECT_EQ(first, Script(plan, 99, 10).random_of(0, 0).next());
  EXPECT_EQ(first, Random::stream(99, 0).next());
  EXPECT_NE(first, script.random_of(1, 0).next());
  EXPECT_NE(first, script.random_of(0, 1).next());
  EXPECT_NE(first, Script(plan, 98, 10).random_of(0, 0).next());
}

TEST(Script, DrawsTasksByWeight) {
  plan::Scenario scenario;
  for (const unsigned weight : {2U, 4U, 1U}) scenario.tasks.push_back({weight, {}});
  constexpr int kDraws = 10'000;
  std::vector<int> drawn(3, 0);
  Random random(42);
  for (int i = 0; i < kDraws; ++i) {
    ++drawn[static_cast<std::size_t>(&draw_task(scenario, random) - scenario.tasks.data())];
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const double share = scenario.tasks[i].weight / 7.0;
    // 4.4 standard deviations: a right implementation misses once in 100,000 seeds.
    const double slack = 4.4 * std::sqrt(kDraws * share * (1 - share));
    EXPECT_NEAR(drawn[i], kDraws * share, slack) << i;
  }
}

TEST(Script, PreparesHeadersOnceWhereNoneHasAPlaceholder) {
  SamplePlan sample;
  sample.variable("token", "abc");
  const std::size_t constant = sample.get("/a");
  sample.request(constant).headers.push_back({"Accept", sample.text("text/html")});
  sample.request(constant).headers.push_back({"X-Shop", sample.text("1")});
  const std::size_t changing = sample.get("/b");
  sample.request(changing).headers.push_back({"Accept", sample.text("text/html")});
  sample.request(changing).headers.push_back({"X-Token", sample.text("{{ token }}")});
  const std::size_t bare = sample.get("/c");
  const Script script(sample.plan(), 1, 0);

  ASSERT_NE(script.constant_headers(constant), nullptr);
  EXPECT_TRUE(script.constant_headers(constant)->is_constant);
  EXPECT_EQ(script.constant_headers(constant)->lines,
            (std::vector<std::string>{"Accept: text/html", "X-Shop: 1"}));
  EXPECT_EQ(script.constant_headers(changing), nullptr);
  ASSERT_NE(script.constant_headers(bare), nullptr);
  EXPECT_TRUE(script.constant_headers(bare)->lines.empty());
}

TEST(Script, DealsScenariosToArrivalsByWeightsWithoutEnd) {
  const plan::Plan plan = plan_with_weights({60, 20, 20});
  const Script script(plan, 1, 0);
  std::vector<int> dealt(3, 0);
  for (std::uint64_t arrival = 0; arrival < 1'000'000'000'000; arrival += 999'999'999) {
    ++dealt[script.scenario_of_arrival(arrival)];
  }
  EXPECT_NEAR(dealt[0], 600, 3);
  std::vector<int> first(3, 0);
  for (std::uint64_t arrival = 0; arrival < 5; ++arrival) {
    ++first[script.scenario_of_arrival(arrival)];
  }
  EXPECT_EQ(first, (std::vector<int>{3, 1, 1}));
}

TEST(Script, GivesArrivalsNumbersOfTheirOwn) {
  const plan::Plan plan = plan_with_weights({1});
  const Script script(plan, 99, 10);
  const std::uint64_t first = script.random_of_arrival(0).next();
  EXPECT_EQ(first, Script(plan, 99, 0).random_of_arrival(0).next());
  EXPECT_NE(first, script.random_of_arrival(1).next());
  EXPECT_NE(first, script.random_of(0, 0).next());
}

TEST(Script, PreparesBasicAuthOnce) {
  SamplePlan sample;
  const std::size_t request = sample.get("/");
  sample.request(request).headers.push_back(
      {"Authorization", sample.text("aladdin:opensesame"), plan::Header::Form::basic_auth});
  const Script script(sample.plan(), 1, 0);
  ASSERT_NE(script.constant_headers(request), nullptr);
  EXPECT_EQ(script.constant_headers(request)->lines,
            (std::vector<std::string>{"Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l"}));
}

TEST(Script, PutsVariablesIntoTheirSlotsAndLeavesCapturesEmpty) {
  SamplePlan sample;
  const std::size_t capture = sample.declare("cart_id");
  sample.variable("user", "testuser");
  const Script script(sample.plan(), 1, 0);
  ASSERT_EQ(script.variables().size(), 2U);
  EXPECT_EQ(script.variables()[capture].text, "");
  EXPECT_EQ(script.variables()[sample.plan().names.find("user")].text, "testuser");
}

}  // namespace
}  // namespace loadgate::load
