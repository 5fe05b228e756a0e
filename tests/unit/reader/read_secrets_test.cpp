#include "reader/read_secrets.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

plan::Plan with_secrets(std::string_view list) {
  return right(with_tasks("[{ get: '/{{ v }}', capture: { token: '$.t', v: '$.v' } }]",
                          "variables: { v: x, empty: '' }\n"
                          "data: { people: { file: people.csv } }\nsecrets: " +
                              std::string(list)));
}

TEST(Secrets, AreValuesOfVariables) {
  EXPECT_EQ(with_secrets("[v, v, empty]").secrets, (std::vector<std::string>{"x"}));
}

// What the results' copy of the plan would show.
std::vector<std::string> secrets_of(const std::string& value, const Overrides& overrides = {}) {
  return right(with_tasks("[{ get: / }]", "variables: { v: " + value + " }\nsecrets: [v]"),
               overrides)
      .secrets;
}

TEST(Secrets, ADefaultInThePlanIsOneToo) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(secrets_of("\"${WORD:-hunter2def}\""), (Texts{"hunter2", "hunter2def"}));
  EXPECT_EQ(secrets_of("\"${UNSET:-hunter2def}\""), (Texts{"hunter2def"}));
  EXPECT_EQ(secrets_of("'${WORD:-a}$${X:-b}${NUMBER:-}${NUMBER:-c}'"),
            (Texts{"hunter2${X:-b}77", "a", "c"}));
}

TEST(Secrets, WhatTheCommandLineReplacesIsOneToo) {
  using Texts = std::vector<std::string>;
  Overrides overrides;
  overrides.variables = {{"v", "given"}};
  EXPECT_EQ(secrets_of("literal", overrides), (Texts{"given", "literal"}));
  EXPECT_EQ(secrets_of("\"${UNSET:-default}\"", overrides), (Texts{"given", "default"}));
}

TEST(Secrets, MayBeCaptures) {
  const plan::Plan plan = with_secrets("[token]");
  EXPECT_TRUE(plan.secrets.empty());
  EXPECT_EQ(plan.secret_slots, (std::vector<std::size_t>{plan.names.find("token")}));
}

TEST(Secrets, AVariableThatIsCapturedLaterIsBoth) {
  const plan::Plan plan = with_secrets("[v]");
  EXPECT_EQ(plan.secrets.size(), 1U);
  EXPECT_EQ(plan.secret_slots, (std::vector<std::size_t>{plan.names.find("v")}));
}

TEST(Secrets, MayBeFieldsOfData) {
  const plan::Plan plan = with_secrets("[data.people.age, data.people]");
  EXPECT_EQ(plan.secret_fields,
            (std::vector<plan::DataField>{{0, 1}, {0, plan::DataField::kWhole}}));
}

TEST(Samples, KeepBodiesUnlessThePlanSaysNone) {
  EXPECT_TRUE(right(with_tasks("[{ get: / }]")).keeps_bodies);
  EXPECT_TRUE(right(with_tasks("[{ get: / }]", "samples: bodies")).keeps_bodies);
  EXPECT_FALSE(right(with_tasks("[{ get: / }]", "samples: none")).keeps_bodies);
}

}  // namespace
}  // namespace loadgate::reader
