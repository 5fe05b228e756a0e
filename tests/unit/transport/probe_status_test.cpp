#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/loopback_server.h"
#include "transport/curl_transport.h"

namespace loadgate::transport {
namespace {

using namespace std::chrono_literals;
using support::DeafPort;
using support::LoopbackServer;

std::string reason(const std::string& url, Nanoseconds patience = 10s) {
  const Result<int> status = probe_status(url, {}, patience);
  return status ? std::to_string(*status) : status.error().text;
}

TEST(ProbeStatus, IsTheStatusOfOneGet) {
  LoopbackServer server([](const LoopbackServer::Request&) {
    return LoopbackServer::Reply{"HTTP/1.1 503 Later\r\nContent-Length: 4\r\n\r\nwait"};
  });

  const Result<int> status = probe_status(server.url("/status?deep=1"), {}, 10s);

  ASSERT_TRUE(status) << status.error().text;
  EXPECT_EQ(*status, 503);
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests().at(0).line(), "GET /status?deep=1 HTTP/1.1");
}

TEST(ProbeStatus, FollowsRedirectsAsTheRequestsDo) {
  LoopbackServer server([](const LoopbackServer::Request& request) {
    return request.line().starts_with("GET /ready")
               ? LoopbackServer::ok("")
               : LoopbackServer::Reply{
                     "HTTP/1.1 302 Found\r\nLocation: /ready\r\nContent-Length: 0\r\n\r\n"};
  });
  plan::Http http;
  EXPECT_EQ(*probe_status(server.url(), {.http = http, .addresses = {}}, 10s), 302);
  http.redirects = 1;
  EXPECT_EQ(*probe_status(server.url(), {.http = http, .addresses = {}}, 10s), 200);
}

TEST(ProbeStatus, SaysInAFewWordsWhyThereIsNone) {
  const DeafPort port;
  const LoopbackServer silent(
      [](const LoopbackServer::Request&) { return LoopbackServer::Reply{}; });
  const LoopbackServer broken([](const LoopbackServer::Request&) {
    return LoopbackServer::Reply{"", LoopbackServer::Then::close};
  });
  EXPECT_EQ(reason("http://" + port.place()), "nothing listens there (connection refused)");
  EXPECT_EQ(reason(silent.url(), 20ms), "no answer within 20ms");
  EXPECT_EQ(reason(broken.url()), "Empty reply from server");
}

TEST(ProbeStatus, UsesTheAddressesItIsGiven) {
  LoopbackServer server([](const LoopbackServer::Request&) { return LoopbackServer::ok(""); });
  const std::string place = "shop.invalid:" + std::to_string(server.port());
  const Options options{.http = {}, .addresses = {place + ":127.0.0.1"}};
  EXPECT_EQ(*probe_status("http://" + place + "/", options, 10s), 200);
}

}  // namespace
}  // namespace loadgate::transport
