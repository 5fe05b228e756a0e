#include "reader/read_expect.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

plan::Expectations expectations(std::string_view keys) {
  return with_request("expect: " + std::string(keys)).requests[0].expect;
}

TEST(HeaderChecks, AreATextExistenceOrAMatch) {
  const plan::Plan plan = with_request(
      "expect: { header: { A: 'x {{ v }}', B: exists, C: 'exists', D: { matches: ^text/ }, E: 5 } "
      "}",
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
  const plan::Plan plan = with_request(
      "expect: { contains: ['a \"{{ v }}\"', 5], matches: [b+, 'c d'] }", "variables: { v: '\"' }");
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
