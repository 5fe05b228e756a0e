// Everything that can go wrong with a request is data: an outcome and a sentence.

#include <sys/resource.h>

#include "wire_fixture.h"

namespace loadgate::transport {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class CurlTransportFailureTest : public Wire {
 protected:
  Exchange answered_with(const Reply& reply) {
    LoopbackServer server([&](const Request&) { return reply; });
    Exchange exchange = get(server.url());
    run(transport_->open(), exchange);
    return exchange;
  }
};

TEST_F(CurlTransportFailureTest, ARefusedConnectionCouldNotConnect) {
  const DeafPort port;
  Exchange exchange = get("http://" + port.place());

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::could_not_connect);
  EXPECT_THAT(exchange.detail, StartsWith("Failed to connect to 127.0.0.1"));
  EXPECT_EQ(exchange.response.status, 0);
  EXPECT_EQ(exchange.moments.written, exchange.moments.resolved);
}

TEST_F(CurlTransportFailureTest, ASilentServerTimesOut) {
  LoopbackServer server([](const Request&) { return Reply{}; });
  Exchange exchange = get(server.url());
  exchange.timeout = 20ms;

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::timed_out);
  EXPECT_THAT(exchange.detail, StartsWith("Operation timed out after"));
  EXPECT_GE(exchange.moments.finished - exchange.moments.sent, 20ms);
  EXPECT_LT(exchange.moments.sent, exchange.moments.written);
}

TEST_F(CurlTransportFailureTest, ABodyThatStallsTimesOutWithWhatHasCome) {
  LoopbackServer server(
      [](const Request&) { return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"}; });
  Exchange exchange = get(server.url());
  exchange.timeout = 20ms;

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::timed_out);
  EXPECT_EQ(exchange.response.status, 200);
  EXPECT_EQ(exchange.response.body, "half");
  EXPECT_LT(exchange.moments.first_byte, exchange.moments.finished);
}

TEST_F(CurlTransportFailureTest, ConnectionsThatEndEarlyAreLost) {
  const std::string half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
  const std::vector<Reply> replies{
      {half, Then::close}, {half, Then::reset}, {"", Then::close}, {"", Then::reset}};
  for (const Reply& reply : replies) {
    const Exchange exchange = answered_with(reply);
    EXPECT_EQ(exchange.outcome, Outcome::connection_lost) << exchange.detail;
    EXPECT_FALSE(exchange.detail.empty());
    EXPECT_FALSE(exchange.reconnected);
  }
}

TEST_F(CurlTransportFailureTest, WhatIsNotHttpIsAFaultOfProtocol) {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::vector<Reply> replies{
      {"garbage, not HTTP at all\r\n\r\n", Then::close},
      {"HTTP/9.7 what\r\n\r\n", Then::close},
      {chunked + "zz\r\n", Then::close},
      {"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", Then::close},
  };
  for (const Reply& reply : replies) {
    const Exchange exchange = answered_with(reply);
    EXPECT_EQ(exchange.outcome, Outcome::protocol) << reply.bytes << exchange.detail;
    EXPECT_FALSE(exchange.detail.empty());
  }
}

TEST_F(CurlTransportFailureTest, ABodyTooLargeToKeepIsAFaultOfProtocol) {
  LoopbackServer server(
      [](const Request&) { return LoopbackServer::ok(std::string(kLargestBody + 1, 'z')); });
  Exchange exchange = get(server.url());
  exchange.keep = Keep::whole;

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::protocol);
  EXPECT_EQ(exchange.detail, "the body is larger than 67.1 MB, more than a capture may read");
  EXPECT_LE(exchange.response.body.size(), kLargestBody);
}

TEST_F(CurlTransportFailureTest, AnUnreadableUrlIsAFaultOfProtocol) {
  Exchange exchange = get("http://127.0.0.1:99999999/");

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::protocol);
  EXPECT_THAT(exchange.detail, HasSubstr("URL"));
}

TEST_F(CurlTransportFailureTest, AKeptConnectionThatDiedAtRestIsReplacedAndCounted) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("hello"); });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  run(channel, exchange);

  server.hang_up();
  std::vector<Exchange*> done;
  transport_->wait(clock_.now() + 1ms, done);  // It must not be busy with the dead socket.
  run(channel, exchange);

  EXPECT_EQ(exchange.outcome, Outcome::ok);
  EXPECT_TRUE(exchange.reconnected);
  EXPECT_EQ(server.requests().back().connection, 2);
  run(channel, exchange);
  EXPECT_FALSE(exchange.reconnected);
}

TEST_F(CurlTransportFailureTest, AKeptConnectionThatDiesUnderARequestIsReplacedAndCounted) {
  LoopbackServer server([](const Request& request) {
    const bool dies = request.connection == 1 && request.turn == 2;
    return dies ? Reply{"", Then::close} : LoopbackServer::ok("hello");
  });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  run(channel, exchange);

  run(channel, exchange);

  EXPECT_EQ(exchange.outcome, Outcome::ok);
  EXPECT_TRUE(exchange.reconnected);
  EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(CurlTransportFailureTest, AConnectionThatTheServerSaysItClosesIsNoReconnect) {
  LoopbackServer server([](const Request&) {
    Reply reply = LoopbackServer::ok("hello", "Connection: close\r\n");
    reply.then = Then::close;
    return reply;
  });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  run(channel, exchange);

  run(channel, exchange);

  EXPECT_EQ(exchange.outcome, Outcome::ok);
  EXPECT_FALSE(exchange.reconnected);
  EXPECT_EQ(server.requests().back().connection, 2);
}

TEST_F(CurlTransportFailureTest, RunningOutOfDescriptorsIsToldApart) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer needs descriptors of its own";
#endif
  Exchange exchange = get("http://127.0.0.1:9/");
  Channel& channel = transport_->open();
  rlimit usual{};
  getrlimit(RLIMIT_NOFILE, &usual);
  const rlimit none{.rlim_cur = 0, .rlim_max = usual.rlim_max};

  setrlimit(RLIMIT_NOFILE, &none);
  run(channel, exchange);
  setrlimit(RLIMIT_NOFILE, &usual);

  EXPECT_EQ(exchange.outcome, Outcome::out_of_descriptors);
  EXPECT_EQ(exchange.detail, "could not open a connection: Too many open files");
}

}  // namespace
}  // namespace loadgate::transport
