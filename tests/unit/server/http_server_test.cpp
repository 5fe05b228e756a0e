#include "server/http_server.h"

#include <gtest/gtest.h>

#include "support/raw_http.h"

namespace loadgate::server {
namespace {

using namespace std::chrono_literals;
using test::RawHttp;

std::unique_ptr<HttpServer> serve(HttpServer::Handler handler) {
  Result<std::unique_ptr<HttpServer>> server = HttpServer::start(0, std::move(handler));
  EXPECT_TRUE(server) << server.error().text;
  return std::move(*server);
}

Response echo(const Request& request) {
  std::string text = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) {
    text.append(" [").append(name).append("=").append(value).append("]");
  }
  return {.body = text + " " + request.body, .content_type = "text/plain"};
}

TEST(HttpServer, HandsTheRequestOverDecoded) {
  const auto server = serve(echo);
  RawHttp client(server->port());
  EXPECT_EQ(client.ask("GET", "/a%20b/c?x=1&y=a+b%2F&z"), "200 GET /a b/c [x=1] [y=a b/] [z=] ");
  EXPECT_EQ(client.ask("POST", "/carts", "{\"a\":1}"), "200 POST /carts {\"a\":1}");
}

TEST(HttpServer, TakesAPercentSignThatEscapesNothingAsItIs) {
  const auto server = serve(echo);
  RawHttp client(server->port());
  EXPECT_EQ(client.ask("GET", "/?a=20%&b=%&c=%2&d=%zz&e=20%25"),
            "200 GET / [a=20%] [b=%] [c=%2] [d=%zz] [e=20%] ");
}

TEST(HttpServer, KeepsTheConnectionAndNamesTheContent) {
  const auto server = serve(echo);
  RawHttp client(server->port());
  client.send("GET", "/");
  const std::string answer = client.receive();
  EXPECT_NE(answer.find("Content-Type: text/plain\r\n"), std::string::npos);
  EXPECT_EQ(answer.find("Connection: close"), std::string::npos);
  EXPECT_EQ(client.ask("GET", "/"), "200 GET / ");
}

TEST(HttpServer, ReadsABodyThatComesInPieces) {
  const auto server = serve(echo);
  RawHttp client(server->port());
  client.send_bytes("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send_bytes("3\r\nabc\r\n");
  client.send_bytes("2\r\nde\r\n0\r\n\r\n");
  EXPECT_NE(client.receive().find("POST / abcde"), std::string::npos);
}

TEST(HttpServer, RefusesABodyBeyondTheLimitAndNotAByteBefore) {
  const auto server = serve(
      [](const Request& request) { return Response{.body = std::to_string(request.body.size())}; });
  RawHttp client(server->port());
  EXPECT_EQ(client.ask("POST", "/", std::string(HttpServer::kLargestBody, 'x')), "200 65536");
  EXPECT_EQ(client.ask("POST", "/", std::string(HttpServer::kLargestBody + 1, 'x')),
            "413 the body is too large\n");
}

TEST(HttpServer, AnswersOverlapInTheirServiceTimes) {
  const auto server = serve([](const Request& request) {
    return Response{.body = "done", .service_time = request.path == "/slow" ? 40ms : 5ms};
  });
  RawHttp slow(server->port());
  RawHttp quick(server->port());
  const SteadyClock clock;
  const TimePoint start = clock.now();
  slow.send("GET", "/slow");
  EXPECT_EQ(quick.ask("GET", "/quick"), "200 done");
  EXPECT_GE(clock.now() - start, 5ms);
  EXPECT_NE(slow.receive().find("done"), std::string::npos);
  EXPECT_GE(clock.now() - start, 40ms);
}

// Nagle's algorithm against delayed acknowledgements costs 40 ms an answer.
TEST(HttpServer, AKeptConnectionDoesNotWaitForAcknowledgements) {
  const auto server = serve(echo);
  RawHttp client(server->port());
  const SteadyClock clock;
  const TimePoint start = clock.now();
  for (int i = 0; i < 50; ++i) ASSERT_EQ(client.ask("POST", "/", "body"), "200 POST / body");
  EXPECT_LT(clock.now() - start, 50 * 20ms);
}

TEST(HttpServer, ServesAThousandKeptConnections) {
  const auto server =
      serve([](const Request&) { return Response{.body = "done", .service_time = 20ms}; });
  std::vector<std::unique_ptr<RawHttp>> clients;
  for (int i = 0; i < 1500; ++i) {
    clients.push_back(std::make_unique<RawHttp>(server->port()));
    ASSERT_TRUE(clients.back()->is_connected()) << i;
  }
  for (int round = 0; round < 2; ++round) {
    for (const auto& client : clients) client->send("GET", "/");
    for (const auto& client : clients) ASSERT_NE(client->receive().find("done"), std::string::npos);
  }
}

TEST(HttpServer, ClosesAlsoWhereAnswersStillWait) {
  auto server = serve([](const Request&) { return Response{.body = "done", .service_time = 1h}; });
  const std::uint16_t port = server->port();
  RawHttp waits(port);
  waits.send("GET", "/");
  RawHttp idle(port);
  ASSERT_TRUE(idle.is_connected());
  server.reset();
  EXPECT_FALSE(RawHttp(port).is_connected());
}

TEST(HttpServer, BearsClientsThatLeaveWhileTheirAnswerWaits) {
  auto server = serve([](const Request&) { return Response{.body = "done", .service_time = 5ms}; });
  for (int i = 0; i < 50; ++i) RawHttp(server->port()).send("GET", "/");
  EXPECT_EQ(RawHttp(server->port()).ask("GET", "/"), "200 done");
}

TEST(HttpServer, APortThatIsTakenIsAnErrorWithTheReason) {
  const auto server = serve(echo);
  const auto second = HttpServer::start(server->port(), echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().text, "cannot listen on 127.0.0.1:" + std::to_string(server->port()) +
                                     ": Address already in use");
}

}  // namespace
}  // namespace loadgate::server
