#include "load/response_head.h"

#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

constexpr std::string_view kHead =
    "HTTP/1.1 200 OK: fine\r\nContent-Type:text/html\r\nX-Id:  a b \r\nx-id: second\r\n"
    "Empty:\r\n\r\n";

TEST(ResponseHead, FindsTheFirstHeaderOfANameWhateverItsCase) {
  EXPECT_EQ(header_of(kHead, "content-type"), "text/html");
  EXPECT_EQ(header_of(kHead, "X-ID"), "a b");
  EXPECT_EQ(header_of(kHead, "Empty"), "");
  EXPECT_EQ(header_of(kHead, "X-I"), std::nullopt);
  EXPECT_EQ(header_of(kHead, "HTTP/1.1 200 OK"), std::nullopt) << "the status line is none";
  EXPECT_EQ(header_of("", "X-Id"), std::nullopt);
}

TEST(ResponseHead, FindsTheCookieThatWasSetLast) {
  constexpr std::string_view kLines =
      "Set-Cookie: sid=1; Path=/; HttpOnly\r\nset-cookie: other=9\r\nSet-Cookie: sid=2=3; "
      "Path=/\r\n";
  EXPECT_EQ(cookie_of(kLines, "sid"), "2=3");
  EXPECT_EQ(cookie_of(kLines, "other"), "9");
  EXPECT_EQ(cookie_of(kLines, "SID"), std::nullopt) << "cookies mind their case";
  EXPECT_EQ(cookie_of("Set-Cookie: broken\r\n", "broken"), std::nullopt);
}

}  // namespace
}  // namespace loadgate::load
