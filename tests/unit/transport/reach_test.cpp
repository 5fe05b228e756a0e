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

std::string complaint(const std::string& target, Nanoseconds patience = 10s,
                      const plan::Http& http = {}) {
  const Result<Options> options = reach(target, {.http = http, .addresses = {}}, patience);
  return options ? "reached" : options.error().text;
}

std::string complaint_with(const plan::Http& http, const std::string& target) {
  return complaint(target, 10s, http);
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

TEST(Reach, AllOriginsAreLookedUpAndTheTargetComesFirst) {
  const LoopbackServer server(nothing);
  const LoopbackServer other(nothing);
  const std::string place = "localhost:" + std::to_string(server.port());
  const std::string other_place = "localhost:" + std::to_string(other.port());

  const Result<Options> options = reach_all(
      {"http://" + place, other.url(), "http://" + other_place, "http://" + other_place}, {}, 10s);

  ASSERT_TRUE(options) << options.error().text;
  EXPECT_THAT(options->addresses, ElementsAre(StartsWith(place + ":127.0.0.1"),
                                              StartsWith(other_place + ":127.0.0.1")));
}

TEST(Reach, AnOriginBesideTheTargetIsCalledTheRequests) {
  const LoopbackServer server(nothing);
  const DeafPort port;
  const Result<Options> options = reach_all({server.url(), "http://" + port.place()}, {}, 10s);
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().text,
            "nothing listens on " + port.place() +
                " (connection refused): start the service, or correct the request's URL");
}

TEST(Reach, SaysThatAProtocolAndATargetDoNotFit) {
  plan::Http http;
  http.protocol = plan::Protocol::h2;
  EXPECT_EQ(complaint_with(http, "http://127.0.0.1:1"),
            "http.protocol: h2 needs TLS, but target is http://127.0.0.1:1: write https:// there, "
            "or set http.protocol: h2c");
  http.protocol = plan::Protocol::h2c;
  EXPECT_EQ(complaint_with(http, "https://127.0.0.1:1"),
            "http.protocol: h2c is without TLS, but target is https://127.0.0.1:1: write http:// "
            "there, or set http.protocol: h2");
}

TEST(Reach, SaysThatAServerDoesNotSpeakHttp2) {
  const LoopbackServer server([](const LoopbackServer::Request&) {
    return LoopbackServer::Reply{"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
                                 LoopbackServer::Then::close};
  });
  plan::Http http;
  http.protocol = plan::Protocol::h2c;
  EXPECT_THAT(complaint_with(http, server.url()),
              MatchesRegex("127\\.0\\.0\\.1:[0-9]+ does not speak HTTP/2 without TLS \\(.+\\): "
                           "switch it on there, or set http\\.protocol: h1"));
}

TEST(Reach, SaysThatAFileOfTlsIsNotThere) {
  plan::Http http;
  http.tls.ca = "no/ca.pem";
  EXPECT_EQ(complaint_with(http, "https://127.0.0.1:1"),
            "http.tls.ca no/ca.pem cannot be read (No such file or directory): correct the path");
  http.tls = {};
  http.tls.cert = "no/me.pem";
  EXPECT_EQ(complaint_with(http, "https://127.0.0.1:1"),
            "http.tls.cert no/me.pem cannot be read (No such file or directory): correct the path");
}

TEST(Reach, SaysThatAUnixSocketIsNotThere) {
  plan::Http http;
  http.unix_socket = "no/app.sock";
  EXPECT_EQ(complaint_with(http, "http://shop.invalid"),
            "there is no unix socket no/app.sock: start the service, or correct http.unix_socket");
  http.unix_socket = std::string(108, 's');
  EXPECT_EQ(complaint_with(http, "http://shop.invalid"),
            "http.unix_socket " + http.unix_socket +
                " is longer than the 107 bytes that a socket's path may have: give the socket a "
                "shorter one");
}

TEST(Reach, SaysThatTheProxyIsNotThere) {
  const DeafPort port;
  plan::Http http;
  http.proxy = "http://" + port.place();
  EXPECT_EQ(complaint_with(http, "http://shop.invalid"),
            "no proxy listens on " + port.place() +
                " (connection refused): start the proxy, or correct http.proxy");
  http.proxy = "http://proxy.invalid:3128";
  EXPECT_THAT(complaint_with(http, "http://shop.invalid"),
              MatchesRegex("the name proxy\\.invalid cannot be resolved \\(.+\\): correct "
                           "http\\.proxy, or make the name known to this machine"));
  http.proxy = "ftp://proxy";
  EXPECT_EQ(complaint_with(http, "http://shop.invalid"),
            "http.proxy is not an address: write it like http://127.0.0.1:3128");
}

TEST(Reach, AProxyLooksTheTargetsNameUpItself) {
  const LoopbackServer proxy(nothing);
  plan::Http http;
  http.proxy = "http://localhost:" + std::to_string(proxy.port());
  const Result<Options> options =
      reach("http://shop.invalid", {.http = http, .addresses = {}}, 10s);
  ASSERT_TRUE(options) << options.error().text;
  EXPECT_THAT(options->addresses, ElementsAre(StartsWith("localhost:")));
}

TEST(Reach, SaysThatTheProxyDoesNotLeadToTheTarget) {
  const LoopbackServer proxy([](const LoopbackServer::Request&) {
    return LoopbackServer::Reply{"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"};
  });
  plan::Http http;
  http.proxy = proxy.url("");
  EXPECT_EQ(complaint_with(http, "https://shop.invalid"),
            "the proxy 127.0.0.1:" + std::to_string(proxy.port()) +
                " does not lead to shop.invalid:443 (CONNECT tunnel failed, response 502): start "
                "the service, or correct target or http.proxy");
}

}  // namespace
}  // namespace loadgate::transport
