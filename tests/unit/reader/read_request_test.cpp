#include "reader/read_request.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

std::string url_of(std::string_view tasks, std::string_view more = "") {
  const plan::Plan plan = right(with_tasks(tasks, more));
  return plan.requests.empty() ? "" : filled(plan, plan.requests[0].url);
}

std::string body_of(std::string_view tasks, std::string_view more = "") {
  const plan::Plan plan = right(with_tasks(tasks, more));
  return plan.requests.empty() ? "" : filled(plan, *plan.requests[0].body);
}

TEST(Url, JoinsTargetPathAndQuery) {
  EXPECT_EQ(url_of("[{ get: / }]"), "http://127.0.0.1:8000/");
  EXPECT_EQ(url_of("[{ get: '/a?b=1', query: { c: 2, d: '', e: 2.5 } }]"),
            "http://127.0.0.1:8000/a?b=1&c=2&d=&e=2.5");
  EXPECT_EQ(url_of("[{ get: /a, query: {} }]"), "http://127.0.0.1:8000/a");
}

TEST(Url, EncodesWhatThePlanWrites) {
  EXPECT_EQ(url_of("[{ get: '/a b/ü%20/%', query: { 'k y': 'v&w ü' } }]"),
            "http://127.0.0.1:8000/a%20b/%C3%BC%20/%25?k+y=v%26w+%C3%BC");
}

TEST(Url, EncodesVariables) {
  EXPECT_EQ(url_of("[{ get: '/a/{{ v }}', query: { q: '{{ v }}' } }]", "variables: { v: 'x/y z' }"),
            "http://127.0.0.1:8000/a/x%2Fy%20z?q=x%2Fy+z");
}

TEST(Url, WithoutPlaceholdersIsConstant) {
  const plan::Plan plan = right(with_tasks("[{ get: /a, query: { b: c } }]"));
  EXPECT_TRUE(plan.requests[0].url.is_constant());
}

TEST(Url, MayBeAbsoluteOnTheTargetsHost) {
  EXPECT_EQ(url_of("[{ get: 'http://127.0.0.1:8000/a b', query: { c: 1 } }]"),
            "http://127.0.0.1:8000/a%20b?c=1");
  EXPECT_EQ(url_of("[{ get: 'http://127.0.0.1:8000' }]"), "http://127.0.0.1:8000/");
}

TEST(Methods, AreAllKnown) {
  const plan::Plan plan = right(
      with_tasks("[{ get: / }, { head: / }, { post: / }, { put: / }, { patch: / }, { delete: / }, "
                 "{ options: / }]"));
  std::string methods;
  for (const plan::Request& request : plan.requests) {
    methods += std::string(name_of(request.method)) + " ";
  }
  EXPECT_EQ(methods, "GET HEAD POST PUT PATCH DELETE OPTIONS ");
}

TEST(JsonBody, HasTheTypesOfYaml) {
  EXPECT_EQ(body_of("[{ post: /, json: { z: 1, a: '1', t: true, f: False, n: null, e: , u: ü, d: "
                    "1.5, l: [], m: {}, s: a\"b, y: yes } }]"),
            R"({"z":1,"a":"1","t":true,"f":false,"n":null,"e":null,"u":"ü","d":1.5,"l":[],"m":{},)"
            R"("s":"a\"b","y":"yes"})");
  EXPECT_EQ(body_of("[{ post: /, json: 5 }]"), "5");
  EXPECT_EQ(body_of("[{ post: /, json: null }]"), "null");
  EXPECT_EQ(body_of("[{ post: /, json: [2024-01-01, 1.2.3, 1_000] }]"),
            R"(["2024-01-01","1.2.3","1_000"])");
}

TEST(JsonBody, KeepsTheTypeOfAPlaceholderAlone) {
  const std::string more = "variables: { number: 5, text: '5' }";
  EXPECT_EQ(body_of("[{ post: /, json: ['{{ number }}', '{{ text }}', 'n {{ number }}'] }]", more),
            R"([5,"5","n 5"])");
}

TEST(JsonBody, TypesWhatTheEnvironmentSaysByTheQuotesAroundIt) {
  EXPECT_EQ(body_of("[{ post: /, json: { a: '${NUMBER}', b: \"${NUMBER}\" } }]"),
            R"({"a":"7","b":"7"})");
  const plan::Plan plain = right(std::string(kHead) + R"(scenarios:
  - tasks:
      - post: /
        json:
          a: ${NUMBER}
          b: ${BYTES}
)");
  EXPECT_EQ(filled(plain, *plain.requests.at(0).body), "{\"a\":7,\"b\":\"\xEF\xBF\xBD\"}");
}

TEST(FormBody, IsEncoded) {
  EXPECT_EQ(
      body_of("[{ post: /, form: { 'a b': 'c&d', e: '{{ v }}' } }]", "variables: { v: 'x=y' }"),
      "a+b=c%26d&e=x%3Dy");
}

TEST(TextBody, IsSentAsItIs) {
  EXPECT_EQ(body_of("[{ post: /, body: 'a b&{{ v }}' }]", "variables: { v: 'x=\"y' }"),
            "a b&x=\"y");
}

TEST(Headers, ArePlansThenRequestsThenTheUsual) {
  const plan::Plan plan = right(with_tasks("[{ get: /, headers: { accept: text/html, X-B: b } }]",
                                           "http: { headers: { X-A: a, Accept: text/plain } }"));
  std::string headers;
  for (const plan::Header& field : plan.requests[0].headers) {
    headers += field.name + "=" + field.value.constant() + " ";
  }
  EXPECT_EQ(headers, "X-A=a accept=text/html X-B=b User-Agent=loadgate ");
}

TEST(Headers, SayWhatTheBodyIs) {
  EXPECT_EQ(header(right(with_tasks("[{ post: /, json: 1 }]")), "Content-Type"),
            "application/json");
  EXPECT_EQ(header(right(with_tasks("[{ post: /, form: { a: b } }]")), "Content-Type"),
            "application/x-www-form-urlencoded");
  EXPECT_EQ(header(right(with_tasks("[{ post: /, body: a }]")), "Content-Type"), "none");
  const std::string own = "[{ post: /, json: 1, headers: { content-type: application/ld+json } }]";
  EXPECT_EQ(header(right(with_tasks(own)), "content-type"), "application/ld+json");
  EXPECT_EQ(header(right(with_tasks(own)), "Content-Type"), "none");
}

TEST(Headers, NeverEndTheirLine) {
  EXPECT_EQ(header(right(with_tasks("[{ get: /, headers: { X-A: 'a {{ v }}' } }]",
                                    "variables: { v: \"b\\r\\nX-B: c\" }")),
                   "X-A"),
            "a b  X-B: c");
}

TEST(RequestNames, AreSharedByRequestsOfOneNameAndRole) {
  const plan::Plan plan = right(std::string(kHead) + R"(scenarios:
  - on_start: [{ get: /a, name: same }]
    tasks: [{ get: /b, name: same }, { get: /c, name: same }]
)");

  ASSERT_EQ(plan.request_names.size(), 2U);
  EXPECT_EQ(plan.request_names[0].role, plan::Role::on_start);
  EXPECT_EQ(plan.requests[1].name_id, 1U);
  EXPECT_EQ(plan.requests[2].name_id, 1U);
}

TEST(RequestNames, ShowNoValueOfTheEnvironment) {
  const plan::Plan plan = right(with_tasks("[{ get: '/a/${WORD}' }]"));
  EXPECT_EQ(plan.request_names[0].text, "GET /a/${WORD}");
  EXPECT_EQ(plan.requests[0].url.constant(), "http://127.0.0.1:8000/a/hunter2");
}

TEST(Captures, OfOneScenarioMayBearTheNameOfAnothers) {
  const plan::Plan plan = right(std::string(kHead) + R"(scenarios:
  - tasks: [{ get: /a, capture: { id: $.id } }, { get: "/{{ id }}" }]
  - tasks: [{ steps: [{ get: /b, capture: { id: $.id, other: $.o } }, { get: "/{{ other }}" }] }]
)");
  EXPECT_EQ(plan.names.all(), (std::vector<std::string>{"id", "other"}));
}

TEST(Anchors, RepeatWhatTheyName) {
  const plan::Plan plan = right(std::string(kHead) + R"(scenarios:
  - tasks:
      - get: /a
        headers: &common { X-A: a }
      - get: /b
        headers: *common
)");
  EXPECT_EQ(plan.requests[1].headers[0].name, "X-A");
}

}  // namespace
}  // namespace loadgate::reader
