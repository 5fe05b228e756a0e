#include "load/secrets_of.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using plan::Value;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(SecretsOf, AreTheValuesOfSecretSlotsAndFieldsInHand) {
  plan::Plan plan;
  plan.data.push_back(support::rows("users", 2));
  plan.data.push_back(support::rows("others", 2));
  plan.secret_slots = {1, 2};
  plan.secret_fields = {{0, 0}, {1, 0}};
  const std::vector<Value> variables = {
      {Value::Kind::text, "shown"}, {Value::Kind::text, "token"}, {Value::Kind::text, ""}};
  const std::vector<const plan::Row*> rows = {&plan.data[0].rows[1], nullptr};
  EXPECT_THAT(secrets_of(plan, variables, rows), ElementsAre("token", "1"));
}

TEST(SecretsOf, AreNoWordsThatEveryAnswerHolds) {
  plan::Plan plan;
  plan.secret_slots = {0, 1};
  const std::vector<Value> variables = {{Value::Kind::json, "null"}, {Value::Kind::json, "true"}};
  EXPECT_THAT(secrets_of(plan, variables, {}), IsEmpty());
}

TEST(SecretsOf, AreWhatTheRequestSignsInWith) {
  std::vector<std::string> secrets;
  add_credentials({"Accept: */*", "authorization: Bearer abc.def", "Proxy-Authorization: xyz",
                   "Authorization:"},
                  secrets);
  EXPECT_THAT(secrets, ElementsAre("abc.def", "xyz"));
}

}  // namespace
}  // namespace loadgate::load
