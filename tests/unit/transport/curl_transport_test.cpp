// Channels, the loop and its clock.

#include "transport/curl_transport.h"

#include <thread>

#include "wire_fixture.h"

namespace loadgate::transport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class CurlTransportTest : public Wire {};

std::vector<std::pair<int, int>> places_of(const LoopbackServer& server) {
  std::vector<std::pair<int, int>> places;
  for (const Request& request : server.requests()) {
    places.emplace_back(request.connection, request.turn);
  }
  return places;
}

TEST_F(CurlTransportTest, EachChannelKeepsAConnectionOfItsOwn) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("hello"); });
  Channel& one = transport_->open();
  Channel& other = transport_->open();
  Exchange exchange = get(server.url());

  run(one, exchange);
  run(other, exchange);
  run(one, exchange);
  run(other, exchange);

  EXPECT_EQ(exchange.outcome, Outcome::ok);
  EXPECT_FALSE(exchange.reconnected);
  EXPECT_THAT(places_of(server),
              ElementsAre(std::pair(1, 1), std::pair(2, 1), std::pair(1, 2), std::pair(2, 2)));
}

TEST_F(CurlTransportTest, CookiesStayWithTheirChannel) {
  LoopbackServer server(
      [](const Request&) { return LoopbackServer::ok("", "Set-Cookie: sid=42\r\n"); });
  Channel& one = transport_->open();
  Channel& other = transport_->open();
  Exchange exchange = get(server.url());

  run(one, exchange);
  run(one, exchange);
  run(other, exchange);

  const std::vector<Request> requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_THAT(requests[0].head, Not(HasSubstr("Cookie")));
  EXPECT_THAT(requests[1].head, HasSubstr("Cookie: sid=42\r\n"));
  EXPECT_THAT(requests[2].head, Not(HasSubstr("Cookie")));
}

TEST_F(CurlTransportTest, ClosingAChannelClosesItsConnectionsAndLeavesTheOthersAlone) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("hello"); });
  Channel& one = transport_->open();
  Channel& other = transport_->open();
  Exchange exchange = get(server.url());
  run(one, exchange);
  run(other, exchange);

  transport_->close(one);
  run(other, exchange);
  run(transport_->open(), exchange);

  EXPECT_THAT(places_of(server),
              ElementsAre(std::pair(1, 1), std::pair(2, 1), std::pair(2, 2), std::pair(3, 1)));
}

TEST_F(CurlTransportTest, ManyExchangesAreUnderWayAtOnce) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("hello"); });
  std::vector<Exchange> exchanges(50, get(server.url()));
  for (Exchange& exchange : exchanges) transport_->start(transport_->open(), exchange);

  wait_for(exchanges.size());

  for (const Exchange& exchange : exchanges) EXPECT_EQ(exchange.response.body, "hello");
}

TEST_F(CurlTransportTest, AUsedExchangeStartsOver) {
  LoopbackServer server([](const Request& request) {
    return request.turn == 1 ? LoopbackServer::ok("a long body", "X-First: 1\r\n")
                             : Reply{"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"};
  });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  run(channel, exchange);

  run(channel, exchange);

  EXPECT_EQ(exchange.response.status, 404);
  EXPECT_EQ(exchange.response.body, "no");
  EXPECT_EQ(exchange.response.body_size, 2U);
  EXPECT_EQ(exchange.response.head, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n");
}

TEST_F(CurlTransportTest, MomentsAreInOrderAndAKeptConnectionHasNoConnecting) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("hello"); });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  const TimePoint before = clock_.now();

  run(channel, exchange);
  const Moments first = exchange.moments;
  run(channel, exchange);
  const Moments second = exchange.moments;

  EXPECT_LE(before, first.sent);
  EXPECT_LT(first.sent, first.connected);
  EXPECT_EQ(first.secured, first.connected);
  EXPECT_LE(first.secured, first.written);
  EXPECT_LE(first.written, first.first_byte);
  EXPECT_LE(first.first_byte, first.finished);
  EXPECT_LE(first.finished, second.sent);
  EXPECT_EQ(second.sent, second.secured);
  EXPECT_LT(second.secured, second.written);
  EXPECT_LE(second.first_byte, second.finished);
  EXPECT_LE(second.finished, clock_.now());
}

TEST_F(CurlTransportTest, ACancelledExchangeComesBackFromTheNextWait) {
  LoopbackServer server([](const Request&) { return Reply{}; });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  transport_->start(channel, exchange);
  std::vector<Exchange*> done;
  transport_->wait(clock_.now() + 1ms, done);
  ASSERT_TRUE(done.empty());

  transport_->cancel(exchange);
  transport_->wait(clock_.now() + kPatience, done);
  transport_->cancel(exchange);  // No longer in flight: nothing happens.
  transport_->wait(clock_.now(), done);

  EXPECT_THAT(done, ElementsAre(&exchange));
  EXPECT_EQ(exchange.outcome, Outcome::cancelled);
  EXPECT_LE(exchange.moments.sent, exchange.moments.finished);
}

TEST_F(CurlTransportTest, AChannelWorksOnAfterACancel) {
  LoopbackServer server([](const Request& request) {
    return request.connection == 1 ? Reply{} : LoopbackServer::ok("hello");
  });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  transport_->start(channel, exchange);
  transport_->cancel(exchange);
  wait_for(1);

  run(channel, exchange);

  EXPECT_EQ(exchange.outcome, Outcome::ok);
  EXPECT_EQ(exchange.response.body, "hello");
}

TEST_F(CurlTransportTest, WaitEndsAtItsTimeWithNothingDone) {
  std::vector<Exchange*> done;
  const TimePoint until = clock_.now() + 2ms;

  transport_->wait(until, done);

  EXPECT_TRUE(done.empty());
  EXPECT_GE(clock_.now(), until);
}

TEST_F(CurlTransportTest, AnotherThreadWakesAWait) {
  std::vector<Exchange*> done;
  const TimePoint start = clock_.now();
  std::thread waker([&] { transport_->wake(); });

  transport_->wait(start + kPatience, done);
  waker.join();

  EXPECT_TRUE(done.empty());
  EXPECT_LT(clock_.now() - start, kPatience);
}

TEST_F(CurlTransportTest, CanBeDestroyedWhileExchangesAreInFlight) {
  LoopbackServer server([](const Request&) { return Reply{}; });
  Exchange exchange = get(server.url());
  transport_->start(transport_->open(), exchange);
  transport_->open();

  transport_.reset();

  EXPECT_EQ(exchange.outcome, Outcome::cancelled);
}

}  // namespace
}  // namespace loadgate::transport
