#include "load/captures.h"

#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

class CapturesTest : public testing::Test {
 protected:
  const plan::Capture* taken() {
    AnswerBody body(response_.body);
    return capture(request_, response_, body, variables_);
  }

  template <class From>
  std::string said(From from, std::string body, Bodies bodies = Bodies::shown) {
    return explain_missing({"id", 0, std::move(from)}, body, Mask({"hunter2"}), bodies);
  }

  plan::Request request_;
  transport::Response response_;
  std::vector<plan::Value> variables_{2};
};

TEST_F(CapturesTest, ComeFromHeadersAndCookies) {
  request_.captures = {{"id", 0, plan::FromHeader{"x-id"}}, {"sid", 1, plan::FromCookie{"sid"}}};
  response_.head = "HTTP/1.1 200 OK\r\nX-Id: 7\r\n\r\n";
  response_.cookies = "Set-Cookie: sid=old\r\nSet-Cookie: sid=new; Path=/\r\n";
  response_.body = "not JSON";
  EXPECT_EQ(taken(), nullptr);
  EXPECT_EQ(variables_[0], (plan::Value{plan::Value::Kind::text, "7"}));
  EXPECT_EQ(variables_[1], (plan::Value{plan::Value::Kind::text, "new"}));
}

TEST_F(CapturesTest, ComeFromTheFirstMatchInTheBody) {
  request_.captures = {{"csrf", 0, *plan::Regex::compile("name=\"csrf\" value=\"(\\w+)\"")}};
  response_.body = "<input name=\"csrf\" value=\"abc\"><input name=\"csrf\" value=\"def\">";
  EXPECT_EQ(taken(), nullptr);
  EXPECT_EQ(variables_[0].text, "abc");
}

TEST_F(CapturesTest, LeaveTheVariableAsItWasWhereNothingIsFound) {
  request_.captures = {{"id", 0, plan::FromHeader{"X-Id"}}, {"sid", 1, plan::FromCookie{"sid"}}};
  variables_[0].text = "old";
  EXPECT_EQ(taken(), &request_.captures[0]);
  EXPECT_EQ(variables_[0].text, "old");
}

TEST_F(CapturesTest, SayWhatIsMissing) {
  EXPECT_EQ(said(plan::FromHeader{"X-Id"}, ""), "header X-Id not found");
  EXPECT_EQ(said(plan::FromCookie{"sid"}, ""), "cookie sid not found");
  const plan::Regex regex = *plan::Regex::compile("id=(\\d+)");
  EXPECT_EQ(said(regex, "hunter2"), "regex 'id=(\\d+)' not found in ***");
  EXPECT_EQ(said(regex, ""), "regex 'id=(\\d+)' not found: the body is empty");
  EXPECT_EQ(said(regex, "x", Bodies::hidden), "regex 'id=(\\d+)' not found in the body");
}

}  // namespace
}  // namespace loadgate::load
