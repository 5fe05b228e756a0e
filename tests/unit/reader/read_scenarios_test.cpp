#include "reader/read_scenarios.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

// Steps as "GET /a, 2000 ms, GET /b".
std::string text_of(const plan::Plan& plan, const std::vector<plan::Step>& steps) {
  std::string text;
  for (const plan::Step& step : steps) {
    if (!text.empty()) text += ", ";
    if (const auto* request = std::get_if<std::size_t>(&step)) {
      text += plan.request_names[plan.requests[*request].name_id].text;
    } else {
      const auto& rest = std::get<plan::Wait>(step);
      text += std::to_string(
                  std::chrono::duration_cast<std::chrono::milliseconds>(rest.longest).count()) +
              " ms";
    }
  }
  return text;
}

TEST(Sequence, IsTheScenariosOnlyTask) {
  const plan::Plan plan = with_scenario(
      "{ weight: 3, sequence: [{ post: /a }, { wait: 2s }, { get: /b }, { get: /a, name: A }] }");
  const plan::Scenario& scenario = plan.scenarios[0];
  ASSERT_EQ(scenario.tasks.size(), 1U);
  EXPECT_EQ(scenario.weight, 3U);
  EXPECT_EQ(scenario.tasks[0].weight, 1U);
  EXPECT_EQ(text_of(plan, scenario.tasks[0].steps), "POST /a, 2000 ms, GET /b, A");
}

TEST(Sequence, KnowsItsCaptures) {
  const plan::Plan plan =
      with_scenario("{ sequence: [{ post: /a, capture: { id: $.id } }, { get: '/{{ id }}' }] }");
  EXPECT_EQ(plan.requests.at(1).url.slots(), std::vector<std::size_t>{0});
}

TEST(OnStartAndOnStop, MayRest) {
  const plan::Plan plan = with_scenario(
      "{ on_start: [{ wait: 1s..2s }, { get: /a }], tasks: [{ get: /b }], "
      "on_stop: [{ wait: exponential 3s }, { get: /c }] }");
  EXPECT_EQ(text_of(plan, plan.scenarios[0].on_start), "2000 ms, GET /a");
  EXPECT_EQ(text_of(plan, plan.scenarios[0].on_stop), "3000 ms, GET /c");
}

TEST(Tasks, OfSeveralStepsMayHaveANameThatReportsDoNotShow) {
  const plan::Plan plan = with_scenario(
      "{ tasks: [{ weight: 2, name: buy, steps: [{ get: /a }, { wait: 2s }, { get: /b }] }] }");
  EXPECT_EQ(text_of(plan, plan.scenarios[0].tasks.at(0).steps), "GET /a, 2000 ms, GET /b");
  EXPECT_EQ(plan.request_names.size(), 2U);
}

TEST(Weights, BeyondAllNumbersAreRefused) {
  EXPECT_EQ(problems_of(with_tasks("[{ weight: 1e300, get: / }]")),
            "plan.yaml:4:33: \"weight\" cannot be 1e300\n"
            "    4 | scenarios: [{ tasks: [{ weight: 1e300, get: / }] }]\n"
            "      |                                 ^^^^^ write a number from 1 to 1000000\n");
}

TEST(RequestData, IsWhatAnyTemplateReadsOnce) {
  const plan::Plan plan = right(with_tasks(
      R"([{ get: "/{{ data.films.id }}", headers: { X-A: "{{ data.films.title }}" },
            expect: { json: { $.name: "{{ data.people.name }}" } } },
          { post: /, json: { w: ["{{ data.words }}"] } },
          { get: /, expect: { contains: "{{ data.people.age }}", header: { A: "{{ data.words }}" } } },
          { get: /, auth: { bearer: "{{ data.words }}" }, query: { a: "{{ data.films }}" } },
          { get: / }])",
      "data: { people: { file: people.csv }, films: { file: films.json }, words: { file: "
      "words.jsonl } }"));
  ASSERT_EQ(plan.requests.size(), 5U);
  using Indices = std::vector<std::size_t>;
  EXPECT_EQ(plan.requests[0].data, (Indices{1, 0}));
  EXPECT_EQ(plan.requests[1].data, (Indices{2}));
  EXPECT_EQ(plan.requests[2].data, (Indices{2, 0}));
  EXPECT_EQ(plan.requests[3].data, (Indices{1, 2}));
  EXPECT_EQ(plan.requests[4].data, Indices{});
}

}  // namespace
}  // namespace loadgate::reader
