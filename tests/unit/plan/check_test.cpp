#include "plan/check.h"

#include <gtest/gtest.h>

#include "plan/scenario.h"

namespace loadgate::plan {
namespace {

TEST(StatusRule, AcceptsEverythingBelow400ByItself) {
  const StatusRule rule;
  EXPECT_TRUE(rule.accepts(200));
  EXPECT_TRUE(rule.accepts(399));
  EXPECT_FALSE(rule.accepts(400));
  EXPECT_FALSE(rule.accepts(503));
  EXPECT_EQ(rule.text(), "below 400");
}

TEST(StatusRule, AcceptsOneStatusAlone) {
  const StatusRule rule(404);
  EXPECT_TRUE(rule.accepts(404));
  EXPECT_FALSE(rule.accepts(200));
  EXPECT_EQ(rule.text(), "404");
}

TEST(StatusRule, AcceptsAWholeClass) {
  const StatusRule rule(std::vector<StatusRule::Range>{{200, 299}});
  EXPECT_FALSE(rule.accepts(199));
  EXPECT_TRUE(rule.accepts(200));
  EXPECT_TRUE(rule.accepts(299));
  EXPECT_FALSE(rule.accepts(300));
  EXPECT_EQ(rule.text(), "2xx");
}

TEST(StatusRule, AcceptsAnyOfAList) {
  const StatusRule rule(std::vector<StatusRule::Range>{{200, 200}, {201, 201}, {300, 399}});
  EXPECT_TRUE(rule.accepts(201));
  EXPECT_FALSE(rule.accepts(202));
  EXPECT_TRUE(rule.accepts(304));
  EXPECT_EQ(rule.text(), "200, 201 or 3xx");
}

TEST(Request, ReadsTheBodyOnlyForWhatStandsInIt) {
  Request request;
  request.captures.push_back({"id", 0, FromHeader{"X-Id"}});
  request.captures.push_back({"sid", 1, FromCookie{"sid"}});
  request.expect.headers.push_back({"ETag", Exists{}});
  EXPECT_FALSE(request.reads_body());

  request.captures.push_back({"a", 2, *Regex::compile("a")});
  EXPECT_TRUE(request.reads_body());
}

TEST(Request, ReadsTheBodyForEachCheckOfIt) {
  Request request;
  request.expect.json.push_back({*JsonPath::compile("$.a"), Exists{}});
  EXPECT_TRUE(request.reads_body());

  Expectations text;
  text.contains.emplace_back();
  EXPECT_TRUE(text.reads_body());

  Expectations matches;
  matches.matches.push_back(*Regex::compile("a"));
  EXPECT_TRUE(matches.reads_body());
}

}  // namespace
}  // namespace loadgate::plan
