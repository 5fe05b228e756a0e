#include "reader/read_capture.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

// What a capture takes, as `capture: { id: TEXT }` says it.
std::string taken(std::string_view text) {
  const plan::Plan plan =
      right(with_tasks("[{ get: /, capture: { id: " + std::string(text) + " } }]"));
  if (plan.requests.empty() || plan.requests[0].captures.size() != 1) return "no capture";
  const auto& from = plan.requests[0].captures[0].from;
  if (const auto* path = std::get_if<plan::JsonPath>(&from)) return "path " + path->source();
  if (const auto* header = std::get_if<plan::FromHeader>(&from)) return "header " + header->name;
  if (const auto* cookie = std::get_if<plan::FromCookie>(&from)) return "cookie " + cookie->name;
  return "regex " + std::get<plan::Regex>(from).source();
}

TEST(Captures, TakeAValueOfJson) {
  EXPECT_EQ(taken("$.id"), "path $.id");
  EXPECT_EQ(taken("\"$.items[0].id\""), "path $.items[0].id");
  EXPECT_EQ(taken("' $ '"), "path $");
}

TEST(Captures, TakeAHeaderOrACookie) {
  EXPECT_EQ(taken("header X-Id"), "header X-Id");
  EXPECT_EQ(taken("'header   ETag '"), "header ETag");
  EXPECT_EQ(taken("cookie sid"), "cookie sid");
}

TEST(Captures, TakeWhatARegularExpressionFinds) {
  EXPECT_EQ(taken(R"(regex 'id=(\d+)')"), R"(regex id=(\d+))");
  EXPECT_EQ(taken(R"-("regex 'id=(\\d+)'")-"), R"(regex id=(\d+))");
  EXPECT_EQ(taken(R"-('regex "id=(\d+)"')-"), R"(regex id=(\d+))");
  EXPECT_EQ(taken(R"(regex id=(\d+))"), R"(regex id=(\d+))");
  EXPECT_EQ(taken(R"-('regex ''"id": "(\w+)"''')-"), R"-(regex "id": "(\w+)")-");
  EXPECT_EQ(taken(R"("regex 'a b'")"), "regex a b");
  EXPECT_EQ(taken(R"('regex \{\{x\}\}')"), R"(regex \{\{x\}\})");
}

TEST(Captures, FillTheSlotOfTheirName) {
  const plan::Plan plan =
      right(with_tasks("[{ get: /a, capture: { a: header A, b: cookie b } }, { get: '/{{ b }}' }]",
                       "variables: { v: 1 }"));
  ASSERT_EQ(plan.requests[0].captures.size(), 2U);
  EXPECT_EQ(plan.requests[0].captures[1].variable, "b");
  EXPECT_EQ(plan.requests[0].captures[1].slot, plan.names.find("b"));
  EXPECT_FALSE(plan.requests[0].reads_body());
}

}  // namespace
}  // namespace loadgate::reader
