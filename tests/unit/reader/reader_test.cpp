#include "reader/reader.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kWholePlan = R"(name: storefront
target: ${TARGET:-http://127.0.0.1:8000/}

http:
  timeout: 5s
  headers: { Accept: application/json, X-User: "{{ username }}" }
  tls: { verify: false }

variables: { username: testuser, password: "${WORD:?set WORD}", shelf: 3 }
secrets: [password]

stages:
  - { name: warm up, for: 10s, users: 10, spawn_rate: 2/s, warmup: true }
  - { name: climb,   for: 1m,  users: 50, ramp: 1m }
  - { name: peak,    for: 2m,  users: 100, ramp: 10s }
  - { name: spike,   until: 200s, users: 500 }

scenarios:
  - name: shopper
    weight: 3
    wait: 1s..5s
    on_start:
      - post: /store/carts/
        capture: { cart_id: "$.id" }
    tasks:
      - weight: 2
        get: /store/products/
        query: { collection_id: "{{ random_int(2, 6) }}", page: 1 }
      - weight: 4
        get: /store/products/{{ random_int(1, 1000) }}
        name: /store/products/:id
      - name: buy
        steps:
          - post: /store/carts/{{ cart_id }}/items/
            json: { product_id: "{{ random_int(7, 7) }}", quantity: 1 }
            expect: { status: 201 }
          - wait: 2s
          - get: /store/carts/{{ cart_id }}/
    on_stop:
      - delete: /store/carts/{{ cart_id }}/
  - name: member
    wait: 2s
    tasks:
      - post: /login
        form: { user: "{{ username }}", password: "{{ password }}" }

thresholds:
  - p95 < 200ms
  - { limit: p99 < 500ms, request: /store/products/:id, stage: peak }
  - { limit: error_rate < 50%, abort: true, after: 10s }
  - { limit: p95 <= baseline + 20%, request: /store/products/ }

rating: { optimal: 100ms, acceptable: 300ms }
gate:
  detect:
    stored: { cpu_per_request: 21%, p50: 31%, p95: 51%, error_rate: 2% }
    duet: { cpu_per_request: 11%, p50: 12%, p95: 13%, p99: 14%, error_rate: 0.3% }
  floor: { latency: 300us, cpu_per_request: 30us }
  confidence: 95%
  ignore: [/login]
)";

TEST(ReadPlan, ReadsWhereRequestsGoAndHow) {
  const plan::Plan plan = right(kWholePlan);

  EXPECT_EQ(plan.name, "storefront");
  EXPECT_EQ(plan.file, "plan.yaml");
  EXPECT_EQ(plan.target, "http://127.0.0.1:8000");
  EXPECT_EQ(plan.http.timeout, 5s);
  EXPECT_FALSE(plan.http.tls.verify);
}

TEST(ReadPlan, ReadsVariablesAndSecrets) {
  const plan::Plan plan = right(kWholePlan);

  EXPECT_EQ(plan.names.all(),
            (std::vector<std::string>{"username", "password", "shelf", "cart_id"}));
  ASSERT_EQ(plan.variables.size(), 3U);
  EXPECT_EQ(plan.variables[1].slot, 1U);
  EXPECT_EQ(plan.variables[1].value, (plan::Value{plan::Value::Kind::text, "hunter2"}));
  EXPECT_EQ(plan.variables[2].value, (plan::Value{plan::Value::Kind::json, "3"}));
  EXPECT_EQ(plan.secrets, (std::vector<std::string>{"hunter2"}));
}

TEST(ReadPlan, ReadsStages) {
  const plan::Plan plan = right(kWholePlan);

  ASSERT_EQ(plan.stages.size(), 4U);
  EXPECT_EQ(plan.stages[0].name, "warm up");
  EXPECT_TRUE(plan.stages[0].is_warmup);
  EXPECT_EQ(plan.stages[0].ramp, 5s);
  EXPECT_EQ(plan.stages[1].ramp, 60s);
  EXPECT_EQ(plan.stages[2].users, 100U);
  EXPECT_EQ(plan.stages[3].duration, 10s);
  EXPECT_EQ(plan.stages[3].ramp, 0s);
  EXPECT_EQ(plan.stages[3].place.line, 16);
  EXPECT_EQ(plan.length(), 200s);
}

TEST(ReadPlan, ReadsScenarios) {
  const plan::Plan plan = right(kWholePlan);

  ASSERT_EQ(plan.scenarios.size(), 2U);
  const plan::Scenario& shopper = plan.scenarios[0];
  EXPECT_EQ(shopper.name, "shopper");
  EXPECT_EQ(shopper.weight, 3U);
  EXPECT_EQ(shopper.wait, (plan::Wait{1s, 5s}));
  EXPECT_EQ(plan.scenarios[1].wait, (plan::Wait{2s, 2s}));
  ASSERT_EQ(shopper.tasks.size(), 3U);
  EXPECT_EQ(shopper.tasks[1].weight, 4U);
  EXPECT_EQ(shopper.tasks[2].weight, 1U);
  EXPECT_EQ(shopper.tasks[2].steps,
            (std::vector<plan::Step>{std::size_t{3}, plan::Wait{2s, 2s}, std::size_t{4}}));
  EXPECT_EQ(shopper.on_start, (std::vector<plan::Step>{std::size_t{0}}));
  EXPECT_EQ(shopper.on_stop, (std::vector<plan::Step>{std::size_t{5}}));
}

TEST(ReadPlan, ReadsRequests) {
  const plan::Plan plan = right(kWholePlan);

  ASSERT_EQ(plan.requests.size(), 7U);
  const plan::Request& buy = plan.requests[3];
  EXPECT_EQ(buy.id, 3U);
  EXPECT_EQ(buy.method, plan::Method::post);
  EXPECT_EQ(buy.role, plan::Role::task);
  EXPECT_EQ(buy.timeout, 5s);
  EXPECT_EQ(buy.expect.status.text(), "201");
  EXPECT_EQ(buy.place.line, 34);
  EXPECT_EQ(filled(plan, buy.url), "http://127.0.0.1:8000/store/carts//items/");
  ASSERT_TRUE(buy.body.has_value());
  EXPECT_EQ(filled(plan, *buy.body), R"({"product_id":7,"quantity":1})");
  EXPECT_EQ(filled(plan, *plan.requests[6].body), "user=testuser&password=hunter2");
}

TEST(ReadPlan, ReadsCaptures) {
  const plan::Plan plan = right(kWholePlan);

  ASSERT_EQ(plan.requests[0].captures.size(), 1U);
  EXPECT_EQ(plan.requests[0].captures[0].variable, "cart_id");
  EXPECT_EQ(plan.requests[0].captures[0].slot, 3U);
  EXPECT_EQ(std::get<plan::JsonPath>(plan.requests[0].captures[0].from).source(), "$.id");
  EXPECT_TRUE(plan.requests[0].reads_body());
  EXPECT_EQ(plan.requests[0].role, plan::Role::on_start);
  EXPECT_EQ(plan.requests[5].role, plan::Role::on_stop);
}

TEST(ReadPlan, NamesRequestsAsThePlanWritesThem) {
  const plan::Plan plan = right(kWholePlan);

  std::vector<std::string> names;
  names.reserve(plan.request_names.size());
  for (const plan::RequestName& name : plan.request_names) names.push_back(name.text);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "POST /store/carts/", "GET /store/products/", "/store/products/:id",
                       "POST /store/carts/{{ cart_id }}/items/", "GET /store/carts/{{ cart_id }}/",
                       "DELETE /store/carts/{{ cart_id }}/", "POST /login"}));
}

TEST(ReadPlan, ReadsThresholds) {
  const plan::Plan plan = right(kWholePlan);

  ASSERT_EQ(plan.thresholds.size(), 4U);
  EXPECT_EQ(plan.thresholds[0].text, "p95 < 200ms");
  EXPECT_EQ(plan.thresholds[0].place.line, 48);
  EXPECT_EQ(plan.thresholds[1].request, "/store/products/:id");
  EXPECT_EQ(plan.thresholds[1].stage, "peak");
  EXPECT_TRUE(plan.thresholds[2].aborts);
  EXPECT_EQ(plan.thresholds[2].after, 10s);
  EXPECT_TRUE(plan.thresholds[3].relative_to_baseline);
  EXPECT_EQ(plan.thresholds[3].request, "GET /store/products/");
}

TEST(ReadPlan, ReadsGateAndRating) {
  const plan::Plan plan = right(kWholePlan);

  EXPECT_DOUBLE_EQ(plan.gate.stored.cpu_per_request, 0.21);
  EXPECT_DOUBLE_EQ(plan.gate.stored.p50, 0.31);
  EXPECT_DOUBLE_EQ(plan.gate.stored.p95, 0.51);
  EXPECT_DOUBLE_EQ(plan.gate.stored.error_rate, 0.02);
  EXPECT_DOUBLE_EQ(plan.gate.duet.cpu_per_request, 0.11);
  EXPECT_DOUBLE_EQ(plan.gate.duet.p50, 0.12);
  EXPECT_DOUBLE_EQ(plan.gate.duet.p95, 0.13);
  EXPECT_EQ(plan.gate.duet.p99, 0.14);
  EXPECT_DOUBLE_EQ(plan.gate.duet.error_rate, 0.003);
  EXPECT_EQ(plan.gate.latency_floor, 300us);
  EXPECT_EQ(plan.gate.cpu_floor, 30us);
  EXPECT_DOUBLE_EQ(plan.gate.confidence, 0.95);
  EXPECT_EQ(plan.gate.ignored_requests, (std::vector<std::string>{"POST /login"}));
  EXPECT_EQ(plan.rating.optimal, 100ms);
  EXPECT_EQ(plan.rating.acceptable, 300ms);
}

TEST(ReadPlan, KeysMayStandInAnyOrder) {
  EXPECT_EQ(problems_of(R"(thresholds: [{ limit: p95 < 1s, request: /a, stage: peak }]
scenarios: [{ tasks: [{ get: "/a", query: { v: "{{ v }}" } }] }]
secrets: [v]
variables: { v: 1 }
stages: [{ name: peak, for: 1m, users: 5 }]
target: http://127.0.0.1:8000
name: shop
)"),
            "");
}

TEST(ReadPlan, TellsAllProblemsAtOnceInTheOrderOfTheFile) {
  EXPECT_EQ(problems_of(R"(name: shop
scenarios:
  - tasks:
      - get: products/
        wieght: 2
      - post: "/{{ nope }}"
stages:
  - { for: 1m, users: 5, ramp: 2m }
http: { timeout: 10 }
target: http://${UNSET}
)"),
            R"(plan.yaml:4:14: a path begins with "/"
    4 |       - get: products/
      |              ^^^^^^^^^ write /products/
plan.yaml:5:9: unknown key "wieght"
    5 |         wieght: 2
      |         ^^^^^^ did you mean "weight"?
plan.yaml:6:20: "nope" is not defined
    6 |       - post: "/{{ nope }}"
      |                    ^^^^ define it under "variables", or capture it in this scenario
plan.yaml:8:32: the ramp of 2m is longer than its stage of 1m
    8 |   - { for: 1m, users: 5, ramp: 2m }
      |                                ^^
plan.yaml:9:18: 10 has no unit; "timeout" is a duration
    9 | http: { timeout: 10 }
      |                  ^^ for example timeout: 10s
plan.yaml:10:16: the environment variable UNSET is not set
   10 | target: http://${UNSET}
      |                ^^^^^^^^ set it, or write ${UNSET:-default}
)");
}

TEST(ReadPlan, GivesNoPlanWhereAnythingIsWrong) {
  EXPECT_FALSE(read("name: a").plan.has_value());
  EXPECT_TRUE(read(kWholePlan).plan.has_value());
}

TEST(ReadPlan, KeepsItsPromisesForWindowsFiles) {
  std::string text;
  for (const char c : kWholePlan) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const plan::Plan plan = right("\xEF\xBB\xBF" + text);
  EXPECT_EQ(plan.thresholds[0].place.line, 48);
  EXPECT_EQ(plan.thresholds[0].place.column, 5);
}

}  // namespace
}  // namespace loadgate::reader
