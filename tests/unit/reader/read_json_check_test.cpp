#include "reader/read_json_check.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

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
  const plan::Plan plan =
      with_request("expect: { json: { '$.a': " + std::string(value) + " } }", more);
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
  const auto checks =
      with_request("expect: { json: { $.b: 1, $.a: exists } }").requests[0].expect.json;
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].path.source(), "$.b");
  EXPECT_EQ(checks[1].path.source(), "$.a");
}

}  // namespace
}  // namespace loadgate::reader
