#include "plan/json_path.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace loadgate::plan {
namespace {

const nlohmann::json kDocument = nlohmann::json::parse(
    R"({"a":{"b":[10,{"c":"x"},30],"d e":null,"]":1},"n":1.5,"t":true,"":7})");

std::string found(std::string_view path) {
  const auto compiled = JsonPath::compile(path);
  if (!compiled) return "error: " + compiled.error().text;
  const nlohmann::json* value = compiled->find(kDocument);
  return value == nullptr ? "nothing" : value->dump();
}

TEST(JsonPath, FindsWhatItNames) {
  EXPECT_EQ(found("$"), kDocument.dump());
  EXPECT_EQ(found("$.n"), "1.5");
  EXPECT_EQ(found("$.a.b[0]"), "10");
  EXPECT_EQ(found("$.a.b[-1]"), "30");
  EXPECT_EQ(found("$.a.b[1].c"), "\"x\"");
  EXPECT_EQ(found("$['a'][\"d e\"]"), "null");
  EXPECT_EQ(found("$.a[']']"), "1");
  EXPECT_EQ(found("$['']"), "7");
}

TEST(JsonPath, FindsNothingWhereNothingIs) {
  EXPECT_EQ(found("$.z"), "nothing");
  EXPECT_EQ(found("$.a.b[3]"), "nothing");
  EXPECT_EQ(found("$.a.b[-4]"), "nothing");
  EXPECT_EQ(found("$.n.a"), "nothing");
  EXPECT_EQ(found("$.a[0]"), "nothing");
  EXPECT_EQ(found("$.a.b.c"), "nothing");
}

struct Wrong {
  std::string_view path;
  std::size_t offset;
  std::string_view error;
};

const Wrong kWrong[] = {
    {"", 0, "a JSON path begins with \"$\""},
    {"a.b", 0, "a JSON path begins with \"$\""},
    {"$a", 1, "expected \".name\" or \"[0]\" here"},
    {"$.", 1, "a name is missing behind \".\""},
    {"$.a.", 3, "a name is missing behind \".\""},
    {"$..a", 2, "a path means one value; \"..\" and \"*\" are not supported"},
    {"$.*", 2, "a path means one value; \"..\" and \"*\" are not supported"},
    {"$.a[*]", 4, "in brackets stands a whole number or a 'name' in quotes"},
    {"$.a[b]", 4, "in brackets stands a whole number or a 'name' in quotes"},
    {"$.a[]", 4, "in brackets stands a whole number or a 'name' in quotes"},
    {"$.a[1", 3, "\"[\" is never closed"},
    {"$['a]", 2, "the quoted name does not end with its quote and \"]\""},
    {"$['a'", 2, "the quoted name does not end with its quote and \"]\""},
};

TEST(JsonPath, RefusesWhatIsNoPath) {
  for (const Wrong& wrong : kWrong) {
    const auto compiled = JsonPath::compile(wrong.path);
    ASSERT_FALSE(compiled.has_value()) << wrong.path;
    EXPECT_EQ(compiled.error().text, wrong.error);
    EXPECT_EQ(compiled.error().offset, wrong.offset) << wrong.path;
  }
}

TEST(Value, OfJsonKeepsItsType) {
  EXPECT_EQ(value_of("x\"y"), (Value{Value::Kind::text, "x\"y"}));
  EXPECT_EQ(value_of(5), (Value{Value::Kind::json, "5"}));
  EXPECT_EQ(value_of(nullptr), (Value{Value::Kind::json, "null"}));
  EXPECT_EQ(value_of(nlohmann::json::array({1, "a"})), (Value{Value::Kind::json, "[1,\"a\"]"}));
}

TEST(Value, KnowsTheNumbersOfJson) {
  for (const char* number : {"0", "-0", "5", "1.50", "1e9", "-1.5E-3"}) {
    EXPECT_TRUE(is_json_number(number)) << number;
  }
  for (const char* other : {"", "-", "+1", "01", ".5", "5.", "1e", "0x1", "1 ", "1_0", "nan"}) {
    EXPECT_FALSE(is_json_number(other)) << other;
  }
}

}  // namespace
}  // namespace loadgate::plan
