#include "live/door.h"

#include <gtest/gtest.h>

namespace loadgate::live {
namespace {

using Asked = server::EventServer::Asked;

Asked asked(std::string host, std::string token = {}, std::string origin = {}) {
  Asked asked{.request = {.method = "GET", .path = "/"},
              .host = std::move(host),
              .origin = std::move(origin)};
  if (!token.empty()) asked.request.query = {{"token", std::move(token)}};
  return asked;
}

TEST(Door, OnLoopbackWantsThisMachineAsHost) {
  const Door door = Door::of({});
  EXPECT_EQ(door.token(), "");
  for (const char* host :
       {"127.0.0.1:8089", "127.0.0.1", "localhost:9000", "LOCALHOST", "[::1]:8089", "[::1]"}) {
    EXPECT_FALSE(door.refuses(asked(host))) << host;
  }
  for (const char* host :
       {"", "attacker.example", "attacker.example:8089", "127.0.0.1.nip.io",
        "localhost.attacker.example:8089", "192.168.1.5:8089", "8089", "[", "0.0.0.0:8089"}) {
    EXPECT_TRUE(door.refuses(asked(host))) << host;
  }
}

TEST(Door, ElsewhereWantsTheToken) {
  const Door door = Door::of({.host = "0.0.0.0"});
  EXPECT_EQ(door.token().size(), 32u);
  EXPECT_FALSE(door.refuses(asked("build-7:8089", door.token())));
  EXPECT_EQ(door.refuses(asked("build-7:8089")),
            "the address needs the token that loadgate printed\n");
  std::string nearly = door.token();
  nearly.back() = nearly.back() == '0' ? '1' : '0';
  EXPECT_TRUE(door.refuses(asked("127.0.0.1:8089", nearly)));
  EXPECT_TRUE(door.refuses(asked("127.0.0.1:8089", door.token() + "0")));
}

TEST(Door, TokensAreNeverTheSame) {
  EXPECT_NE(Door::of({.host = "0.0.0.0"}).token(), Door::of({.host = "0.0.0.0"}).token());
}

TEST(Door, KnowsItsOwnPageByTheOrigin) {
  EXPECT_TRUE(Door::is_from_our_page(asked("localhost:1", {}, "http://localhost:1")));
  EXPECT_TRUE(Door::is_from_our_page(asked("gate.example", {}, "https://gate.example")));
  for (const char* origin : {"", "null", "http://localhost:2", "http://attacker.example",
                             "http://localhost:1.attacker.example"}) {
    EXPECT_FALSE(Door::is_from_our_page(asked("localhost:1", {}, origin))) << origin;
  }
  EXPECT_FALSE(Door::is_from_our_page(asked("", {}, "http://")));
}

TEST(SameSecret, IsTheSameThroughout) {
  EXPECT_TRUE(is_same_secret("abc", "abc"));
  EXPECT_FALSE(is_same_secret("abc", "abd"));
  EXPECT_FALSE(is_same_secret("abc", "ab"));
  EXPECT_FALSE(is_same_secret("", "a"));
}

}  // namespace
}  // namespace loadgate::live
