#include "reader/read_expect.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

// The plan of one request that expects `text`, a YAML map in flow style.
plan::Plan expecting(std::string_view text, std::string_view more = "") {
  plan::Plan plan = right(with_tasks("[{ get: /, expect: " + std::string(text) + " }]", more));
  if (plan.requests.empty()) plan.requests.emplace_back();
  return plan;
}

plan::Expectations expectations(std::string_view text) {
  return expecting(text).requests[0].expect;
}

TEST(Status, IsOneAClassOrAnyOfAList) {
  EXPECT_EQ(expectations("{ status: 201 }").status.text(), "201");
  EXPECT_EQ(expectations("{ status: 2xx }").status.text(), "2xx");
  EXPECT_EQ(expectations("{ status: '3XX' }").status.text(), "3xx");
  EXPECT_EQ(expectations("{ status: [200, 201] }").status.text(), "200 or 201");
  EXPECT_EQ(expectations("{ status: [2xx, 304, 404] }").status.text(), "2xx, 304 or 404");
  EXPECT_EQ(expectations("{}").status.text(), "below 400");
}

std::string wanted(const plan::Plan& plan, const decltype(plan::JsonCheck::wanted)& wanted) {
  if (std::holds_alternative<plan::Exists>(wanted)) return "exists";
  if (const auto* less = std::get_if<plan::LessThan>(&wanted)) {
    return "< " + std::to_string(less->limit);
  }
  if (const auto* greater = std::get_if<plan::GreaterThan>(&wanted)) {
    return "> " + std::to_string(greater->limit);
  }
  if (const auto* regex = std::get_if<plan::Regex>(&wanted)) return "matches " + regex->source();
  return "is " + filled(plan, std::get<plan::Template>(wanted));
}

// What is wanted of $.a, one line a check.
std::string json(std::string_view value, std::string_view more = "") {
  const plan::Plan plan = expecting("{ json: { '$.a': " + std::string(value) + " } }", more);
  std::string all;
  for (const plan::JsonCheck& check : plan.requests[0].expect.json) {
    all += check.path.source() + " " + wanted(plan, check.wanted) + "\n";
  }
  return all;
}

TEST(JsonChecks, CompareWithAnyValue) {
  EXPECT_EQ(json("1"), "$.a is 1\n");
  EXPECT_EQ(json("'1'"), "$.a is \"1\"\n");
  EXPECT_EQ(json("open"), "$.a is \"open\"\n");
  EXPECT_EQ(json("true"), "$.a is true\n");
  EXPECT_EQ(json("null"), "$.a is null\n");
  EXPECT_EQ(json("[1, { b: c }]"), "$.a is [1,{\"b\":\"c\"}]\n");
  EXPECT_EQ(json("{ b: 1, c: 2 }"), "$.a is {\"b\":1,\"c\":2}\n");
  EXPECT_EQ(json("{}"), "$.a is {}\n");
}

TEST(JsonChecks, CompareWithVariablesInTheirType) {
  const std::string_view more = "variables: { number: 5, text: '5' }";
  EXPECT_EQ(json("'{{ number }}'", more), "$.a is 5\n");
  EXPECT_EQ(json("'{{ text }}'", more), "$.a is \"5\"\n");
  EXPECT_EQ(json("'no {{ number }}'", more), "$.a is \"no 5\"\n");
}

TEST(JsonChecks, TellExistsFromItsText) {
  EXPECT_EQ(json("exists"), "$.a exists\n");
  EXPECT_EQ(json("'exists'"), "$.a is \"exists\"\n");
}

TEST(JsonChecks, CompareNumbersAndText) {
  EXPECT_EQ(json("{ less_than: 5 }"), "$.a < 5.000000\n");
  EXPECT_EQ(json("{ greater_than: -0.5 }"), "$.a > -0.500000\n");
  EXPECT_EQ(json("{ less_than: 5, greater_than: 1 }"), "$.a < 5.000000\n$.a > 1.000000\n");
  EXPECT_EQ(json(R"({ matches: '^\d+$' })"), "$.a matches ^\\d+$\n");
}

TEST(JsonChecks, AreInThePlansOrder) {
  const auto checks = expectations("{ json: { $.b: 1, $.a: exists } }").json;
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].path.source(), "$.b");
  EXPECT_EQ(checks[1].path.source(), "$.a");
}

TEST(HeaderChecks, AreATextExistenceOrAMatch) {
  const plan::Plan plan = expecting(
      "{ header: { A: 'x {{ v }}', B: exists, C: 'exists', D: { matches: ^text/ }, E: 5 } }",
      "variables: { v: 1 }");
  const auto& checks = plan.requests[0].expect.headers;
  ASSERT_EQ(checks.size(), 5U);
  EXPECT_EQ(checks[0].name, "A");
  EXPECT_EQ(filled(plan, std::get<plan::Template>(checks[0].wanted)), "x 1");
  EXPECT_TRUE(std::holds_alternative<plan::Exists>(checks[1].wanted));
  EXPECT_EQ(filled(plan, std::get<plan::Template>(checks[2].wanted)), "exists");
  EXPECT_EQ(std::get<plan::Regex>(checks[3].wanted).source(), "^text/");
  EXPECT_EQ(filled(plan, std::get<plan::Template>(checks[4].wanted)), "5");
  EXPECT_FALSE(plan.requests[0].reads_body());
}

TEST(BodyChecks, AreOneTextOrSeveral) {
  const plan::Plan plan = expecting("{ contains: ['a \"{{ v }}\"', 5], matches: [b+, 'c d'] }",
                                    "variables: { v: '\"' }");
  const plan::Expectations& expect = plan.requests[0].expect;
  ASSERT_EQ(expect.contains.size(), 2U);
  EXPECT_EQ(filled(plan, expect.contains[0]), "a \"\"\"");
  EXPECT_EQ(filled(plan, expect.contains[1]), "5");
  ASSERT_EQ(expect.matches.size(), 2U);
  EXPECT_EQ(expect.matches[1].source(), "c d");
  EXPECT_EQ(expectations("{ contains: one }").contains.size(), 1U);
  EXPECT_EQ(expectations("{ matches: one }").matches.size(), 1U);
}

TEST(Within, IsBelowTheTimeout) {
  EXPECT_EQ(expectations("{ within: 500ms }").within, std::chrono::milliseconds(500));
  EXPECT_EQ(expectations("{ within: 9.9s }").within, std::chrono::milliseconds(9900));
  EXPECT_FALSE(expectations("{}").within.has_value());
}

TEST(HeadRequests, MayExpectHeadersAndStatuses) {
  const plan::Plan plan = right(with_tasks(
      "[{ head: /, capture: { e: header ETag }, expect: { status: 200, header: { ETag: exists }, "
      "within: 1s } }]"));
  EXPECT_EQ(plan.requests.size(), 1U);
}

}  // namespace
}  // namespace loadgate::reader
