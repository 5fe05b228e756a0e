#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/loopback_server.h"
#include "transport/curl_transport.h"

namespace loadgate::transport {
namespace {

using namespace std::chrono_literals;
using support::DeafPort;
using support::LoopbackServer;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

LoopbackServer::Reply nothing(const LoopbackServer::Request&) { return {}; }

std::string complaint(const std::string& target, Nanoseconds patience = 10s) {
  const Result<Options> options = reach(target, {}, patience);
  return options ? "reached" : options.error().text;
}

TEST(Reach, AnAddressNeedsNoLookUp) {
  const LoopbackServer server(nothing);
  const Result<Options> options = reach(server.url("/path"), {}, 10s);
  ASSERT_TRUE(options) << options.error().text;
  EXPECT_THAT(options->addresses, IsEmpty());
}

TEST(Reach, GivesTheAddressThatAnsweredFirst) {
  const LoopbackServer server(nothing);
  const std::string place = "localhost:" + std::to_string(server.port());
  const Result<Options> options = reach("http://" + place, {}, 10s);
  ASSERT_TRUE(options) << options.error().text;
  EXPECT_THAT(options->addresses, ElementsAre(StartsWith(place + ":127.0.0.1")));
}

TEST(Reach, ATransportUsesTheAddressesItIsGiven) {
  LoopbackServer server([](const LoopbackServer::Request&) { return LoopbackServer::ok("hi"); });
  const std::string place = "shop.invalid:" + std::to_string(server.port());
  const auto transport = *make_curl_transport({.http = {}, .addresses = {place + ":127.0.0.1"}});
  const HeaderLines headers;
  for (int user = 0; user < 2; ++user) {
    Exchange exchange;
    exchange.url = "http://" + place + "/";
    exchange.headers = &headers;
    exchange.timeout = 10s;
    transport->start(transport->open(), exchange);
    std::vector<Exchange*> done;
    while (done.empty()) transport->wait(TimePoint::max(), done);
    EXPECT_EQ(exchange.response.body, "hi") << exchange.detail;
  }
}

TEST(Reach, SaysThatNothingListens) {
  const DeafPort port;
  EXPECT_EQ(complaint("http://" + port.place()),
            "nothing listens on " + port.place() +
                " (connection refused): start the service, or correct target");
}

TEST(Reach, SaysThatANameIsUnknown) {
  EXPECT_THAT(complaint("http://shop.invalid:8000"),
              MatchesRegex("the name shop\\.invalid cannot be resolved \\(.+\\): correct target, "
                           "or make the name known to this machine"));
}

TEST(Reach, SaysThatATargetIsNoAddress) {
  EXPECT_EQ(complaint("ftp://127.0.0.1"),
            "target ftp://127.0.0.1 is not an address: write it like http://127.0.0.1:8000");
  EXPECT_EQ(complaint("no url"),
            "target no url is not an address: write it like http://127.0.0.1:8000");
}

TEST(Reach, SaysThatAServerKeepsSilentInTheHandshake) {
  const LoopbackServer server(nothing);
  const std::string place = "127.0.0.1:" + std::to_string(server.port());
  EXPECT_EQ(complaint("https://" + place, 30ms),
            place +
                " does not answer within 30ms: check that the service runs and that no firewall is "
                "in the way, or correct target");
}

TEST(Reach, SaysThatAServerDoesNotSpeakTls) {
  int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::thread plain([&] {
    const int socket = ::accept(listener, nullptr, nullptr);
    ::send(socket, "HTTP/1.1 400 Bad Request\r\n\r\n", 28, MSG_NOSIGNAL);
    char piece[1024];
    while (::recv(socket, piece, sizeof piece, 0) > 0) {
    }
    ::close(socket);
  });
  const std::string place = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));

  const std::string text = complaint("https://" + place);
  plain.join();
  ::close(listener);

  EXPECT_THAT(text, AllOf(StartsWith(place + " does not shake hands for TLS ("),
                          EndsWith("): write http:// in target if it speaks plain HTTP")));
}

}  // namespace
}  // namespace loadgate::transport
