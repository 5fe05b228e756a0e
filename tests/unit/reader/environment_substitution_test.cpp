#include "reader/environment_substitution.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

// What a variable of the plan holds.
plan::Value value_of(std::string_view yaml) {
  const plan::Plan plan =
      right(with_tasks("[{ get: / }]", "variables:\n  v: " + std::string(yaml)));
  return plan.variables.empty() ? plan::Value{} : plan.variables[0].value;
}

std::string text_of(std::string_view yaml) { return value_of(yaml).text; }

TEST(Environment, ReplacesWherePlansNameIt) {
  EXPECT_EQ(text_of("${WORD}"), "hunter2");
  EXPECT_EQ(text_of("\"<${WORD}-${NUMBER}>\""), "<hunter2-7>");
  EXPECT_EQ(text_of("'[${EMPTY}]'"), "[]");
}

TEST(Environment, TakesTheDefaultWhereUnsetOrEmpty) {
  EXPECT_EQ(text_of("${UNSET:-a b}"), "a b");
  EXPECT_EQ(text_of("${EMPTY:-other}"), "other");
  EXPECT_EQ(text_of("'[${UNSET:-}]'"), "[]");
  EXPECT_EQ(text_of("${WORD:-other}"), "hunter2");
  EXPECT_EQ(text_of("${WORD:?missing}"), "hunter2");
}

TEST(Environment, LeavesOtherDollarsAlone) {
  EXPECT_EQ(text_of("a $b $. $$ $${WORD} 5$"), "a $b $. $ ${WORD} 5$");
}

TEST(Environment, IsReplacedOnce) { EXPECT_EQ(text_of("$${UNSET}"), "${UNSET}"); }

TEST(Environment, ItsBracesAreNoPlaceholders) { EXPECT_EQ(text_of("${BRACES}"), "a{{b"); }

TEST(Environment, IsReadAsTheKeysType) {
  EXPECT_EQ(value_of("${NUMBER}"), (plan::Value{plan::Value::Kind::json, "7"}));
  EXPECT_EQ(value_of("'${NUMBER}'"), (plan::Value{plan::Value::Kind::text, "7"}));
}

TEST(Environment, IsNotLookedUpInComments) {
  EXPECT_EQ(problems_of(with_tasks("[{ get: / }]", "# ${UNSET}\n")), "");
}

TEST(Environment, ItsValuesAreInNoMessage) {
  for (const char* plan :
       {"http: { timeout: '${WORD}' }", "rating: { optimal: '${WORD}' }", "secrets: ['${WORD}']",
        "gate: { ignore: ['${WORD}'] }", "gate: { confidence: '${WORD}' }",
        "thresholds: [{ limit: p95 < 1s, stage: '${WORD}' }]"}) {
    const std::string said = problems_of(with_tasks("[{ get: / }]", plan));
    EXPECT_NE(said, "") << plan;
    EXPECT_EQ(said.find("hunter2"), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace loadgate::reader
