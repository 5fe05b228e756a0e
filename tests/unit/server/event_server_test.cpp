#include "server/event_server.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "base/clock.h"
#include "support/raw_http.h"

namespace loadgate::server {
namespace {

using namespace std::chrono_literals;
using test::RawHttp;

EventServer::Answer echo(const EventServer::Asked& asked) {
  EventServer::Answer answer;
  answer.is_stream = asked.request.path == "/events";
  answer.response.body = asked.request.method + " " + asked.request.path + " host=" + asked.host +
                         " origin=" + asked.origin;
  for (const auto& [name, value] : asked.request.query) {
    answer.response.body += " [" + name + "=" + value + "]";
  }
  answer.headers = {{"X-Frame-Options", "DENY"}};
  return answer;
}

std::unique_ptr<EventServer> serve(
    std::string picture = "<picture>",
    std::function<EventServer::Answer(const EventServer::Asked&)> handler = echo) {
  auto server = EventServer::start(
      {.endpoint = {}, .handler = std::move(handler), .picture = [picture] { return picture; }});
  EXPECT_TRUE(server) << server.error().text;
  return std::move(*server);
}

// Waits for another thread, which is quick.
template <class Condition>
bool becomes_true(Condition condition) {
  const SteadyClock clock;
  const TimePoint deadline = clock.now() + 20s;
  while (!condition()) {
    if (clock.now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

TEST(EventServer, HandsOverWhoAsksForWhat) {
  const auto server = serve();
  RawHttp client(server->port());
  client.send_bytes(
      "POST /stop?token=a%20b HTTP/1.1\r\nHost: localhost:1\r\n"
      "Origin: http://localhost:1\r\nContent-Length: 3\r\n\r\nabc");
  const std::string answer = client.receive();
  EXPECT_NE(answer.find("POST /stop host=localhost:1 origin=http://localhost:1 [token=a b]"),
            std::string::npos);
  EXPECT_NE(answer.find("X-Frame-Options: DENY\r\n"), std::string::npos);
}

TEST(EventServer, StreamsAPictureAndThenWhatIsPublished) {
  const auto server = serve();
  RawHttp client(server->port());
  client.send("GET", "/events");
  const std::string begin = client.receive_until("<picture>");
  EXPECT_NE(begin.find("Content-Type: text/event-stream\r\n"), std::string::npos);
  EXPECT_NE(begin.find("X-Frame-Options: DENY\r\n"), std::string::npos);
  for (const char* event : {"<first>", "<second>"}) {
    server->publish(event);
    EXPECT_NE(client.receive_until(event), "") << event;
  }
}

TEST(EventServer, EndsTheStreamBehindTheLastEvent) {
  const auto server = serve();
  RawHttp client(server->port());
  client.send("GET", "/events");
  ASSERT_NE(client.receive_until("<picture>"), "");
  server->publish("<the end>");
  server->close();
  EXPECT_NE(client.receive_until("<the end>"), "");
  EXPECT_NE(client.receive_until("\r\n0\r\n\r\n"), "");  // The last chunk.
  EXPECT_TRUE(becomes_true([&] { return server->streams() == 0; }));
}

TEST(EventServer, AReaderWhoTakesNothingHoldsUpNobody) {
  const auto server = serve();
  RawHttp slow(server->port());
  slow.send("GET", "/events");
  ASSERT_NE(slow.receive_until("<picture>"), "");
  // More than any socket holds.
  const std::string large(std::size_t{256} * 1024, 'x');
  for (int i = 0; i < 200; ++i) server->publish(large);
  RawHttp quick(server->port());
  quick.send("GET", "/events");
  ASSERT_NE(quick.receive_until("<picture>"), "");
  server->publish("<latest>");
  EXPECT_NE(quick.receive_until("<latest>"), "");
  EXPECT_NE(slow.receive_until("<picture>"), "");  // Instead of what it missed.
}

TEST(EventServer, KnowsHowManyReadAlong) {
  const auto server = serve();
  EXPECT_EQ(server->streams(), 0u);
  {
    RawHttp client(server->port());
    client.send("GET", "/events");
    ASSERT_NE(client.receive_until("<picture>"), "");
    EXPECT_EQ(server->streams(), 1u);
  }
  EXPECT_TRUE(becomes_true([&] {
    server->publish("is anybody there?");
    return server->streams() == 0;
  }));
}

TEST(EventServer, SaysWhenAnAnswerIsGone) {
  std::promise<bool> gone;
  const auto server = serve("", [&](const EventServer::Asked&) {
    EventServer::Answer answer;
    answer.response.body = "done";
    answer.gone = [&](bool is_whole) { gone.set_value(is_whole); };
    return answer;
  });
  RawHttp client(server->port());
  EXPECT_EQ(client.ask("GET", "/"), "200 done");
  EXPECT_TRUE(gone.get_future().get());
}

TEST(EventServer, ClosesAlsoWhereReadersWait) {
  auto server = serve();
  const std::uint16_t port = server->port();
  RawHttp reader(port);
  reader.send("GET", "/events");
  ASSERT_NE(reader.receive_until("<picture>"), "");
  RawHttp idle(port);
  ASSERT_TRUE(idle.is_connected());
  server.reset();
  EXPECT_FALSE(RawHttp(port).is_connected());
}

TEST(EventServer, APortThatIsTakenIsAnError) {
  const auto server = serve();
  const auto second =
      EventServer::start({.endpoint = {.port = server->port()}, .handler = echo, .picture = [] {
                            return std::string();
                          }});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().text, "Address already in use");
}

TEST(EventText, IsOneEventOfAStream) {
  EXPECT_EQ(event_text("second", R"({"a":1})"), "event: second\ndata: {\"a\":1}\n\n");
}

}  // namespace
}  // namespace loadgate::server
