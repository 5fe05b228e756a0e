#include "server/endpoint.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace loadgate::server {
namespace {

std::string read(std::string_view word) {
  const auto endpoint = parse_endpoint(word, {.host = "127.0.0.1", .port = 8089});
  return endpoint ? endpoint->text() : "nothing";
}

TEST(Endpoint, TakesWhatIsNotSaidFromTheUsualOne) {
  EXPECT_EQ(read("127.0.0.1:9000"), "127.0.0.1:9000");
  EXPECT_EQ(read("0.0.0.0"), "0.0.0.0:8089");
  EXPECT_EQ(read(":9000"), "127.0.0.1:9000");
  EXPECT_EQ(read("9000"), "127.0.0.1:9000");
  EXPECT_EQ(read("localhost"), "127.0.0.1:8089");
  EXPECT_EQ(read("localhost:0"), "127.0.0.1:0");
  EXPECT_EQ(read("[::1]:9000"), "[::1]:9000");
  EXPECT_EQ(read("[::]"), "[::]:8089");
  EXPECT_EQ(read("::1"), "[::1]:8089");
}

TEST(Endpoint, IsNothingElse) {
  for (const char* word : {"", "plan.yaml", "example.com:80", "127.0.0.1:", "127.0.0.1:x", "1.2.3",
                           "127.0.0.1:65536", "127.0.0.1:-1", "[::1", "[::1]9000", "[1", "a:b:c"}) {
    EXPECT_EQ(read(word), "nothing") << word;
  }
}

TEST(Endpoint, KnowsWhetherOthersReachIt) {
  for (const char* host : {"127.0.0.1", "127.8.9.1", "::1"}) {
    EXPECT_TRUE(Endpoint{.host = host}.is_loopback()) << host;
  }
  for (const char* host : {"0.0.0.0", "192.168.1.5", "::", "fe80::1", "attacker.example", ""}) {
    EXPECT_FALSE(Endpoint{.host = host}.is_loopback()) << host;
  }
}

TEST(Endpoint, IsListenedOnOnce) {
  const Result<int> first = listen_on({});
  ASSERT_TRUE(first);
  const Result<int> second = listen_on({.port = port_of(*first)});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().text, "Address already in use");
  ::close(*first);
}

TEST(Endpoint, OfAnotherMachineCannotBeListenedOn) {
  const Result<int> listener = listen_on({.host = "192.0.2.1"});
  ASSERT_FALSE(listener);
  EXPECT_EQ(listener.error().text, "Cannot assign requested address");
}

}  // namespace
}  // namespace loadgate::server
