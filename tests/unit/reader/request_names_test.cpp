#include "reader/request_names.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

TEST(OlderNames, BelongToTheNameOfARequest) {
  const plan::Plan plan = with_scenario(
      "{ tasks: [{ get: /a, name: A, was: GET /old }, { get: /b, name: A }, "
      "{ get: /c, name: A, was: GET /old }, { get: /d }] }");
  ASSERT_EQ(plan.request_names.size(), 2U);
  EXPECT_EQ(plan.request_names[0].was, "GET /old");
  EXPECT_EQ(plan.request_names[1].was, "");
}

TEST(OlderNames, ChangeNoLoad) {
  const auto hash = [](std::string_view task) {
    return with_scenario("{ tasks: [" + std::string(task) + "] }").request_names.at(0).load_hash;
  };
  EXPECT_EQ(hash("{ get: /a, name: A, was: B }"), hash("{ get: /a, name: B }"));
}

TEST(OlderNames, OfOtherRolesAreOthers) {
  const plan::Plan plan =
      with_scenario("{ on_start: [{ get: /a, name: b }], tasks: [{ get: /b, name: c, was: b }] }");
  EXPECT_EQ(plan.request_names.at(1).was, "b");
}

}  // namespace
}  // namespace loadgate::reader
