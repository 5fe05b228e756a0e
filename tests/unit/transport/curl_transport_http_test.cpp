// What a plan's http section changes on the wire: compression, connections, unix socket,
// proxy.

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "wire_fixture.h"

namespace loadgate::transport {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CurlTransportHttpTest : public Wire {};

// gzip -n of 1,000 times "a".
const std::string kThousandAs(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\x4c\x1c\x05\xa3\x60\x14\x0c\x77\x00\x00\x03\xda"
    "\x38\x9a\xe8\x03\x00\x00",
    29);

TEST_F(CurlTransportHttpTest, CompressionIsNotOfferedUnlessAsked) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok(""); });
  Exchange exchange = get(server.url());

  run(transport_->open(), exchange);

  EXPECT_THAT(server.requests().at(0).head, Not(HasSubstr("Accept-Encoding")));
}

TEST_F(CurlTransportHttpTest, ACompressedBodyIsDecodedAndCountedAsItCame) {
  LoopbackServer server(
      [](const Request&) { return LoopbackServer::ok(kThousandAs, "Content-Encoding: gzip\r\n"); });
  plan::Http http;
  http.compression = true;
  use(http);
  Exchange exchange = get(server.url());

  run(transport_->open(), exchange);

  EXPECT_THAT(server.requests().at(0).head, HasSubstr("Accept-Encoding: deflate, gzip"));
  EXPECT_EQ(exchange.outcome, Outcome::ok) << exchange.detail;
  EXPECT_EQ(exchange.response.body, std::string(1000, 'a'));
  EXPECT_EQ(exchange.response.body_size, 1000U);
  EXPECT_EQ(exchange.bytes_received, exchange.response.head.size() + kThousandAs.size());
}

TEST_F(CurlTransportHttpTest, ABodyThatCannotBeDecodedIsAFaultOfProtocol) {
  LoopbackServer server([](const Request&) {
    return LoopbackServer::ok("no gzip at all", "Content-Encoding: gzip\r\n");
  });
  plan::Http http;
  http.compression = true;
  use(http);
  Exchange exchange = get(server.url());

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::protocol);
  EXPECT_THAT(exchange.detail, HasSubstr("unencoding"));
}

TEST_F(CurlTransportHttpTest, AConnectionPerRequestIsNewEachTime) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("hello"); });
  plan::Http http;
  http.connections = plan::Connections::per_request;
  use(http);
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());

  for (int i = 1; i <= 3; ++i) {
    run(channel, exchange);
    EXPECT_EQ(server.requests().back().connection, i);
    EXPECT_LT(exchange.moments.sent, exchange.moments.connected);
    EXPECT_FALSE(exchange.reconnected);
  }
}

// A listener whose connections a LoopbackServer does not know: it answers one request.
class UnixListener {
 public:
  UnixListener() : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    address_.sun_family = AF_UNIX;
    const std::string folder = ::testing::TempDir();
    std::snprintf(address_.sun_path, sizeof address_.sun_path, "%s/loadgate-%d.sock",
                  folder.c_str(), ::getpid());
    ::unlink(address_.sun_path);
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address_), sizeof address_) != 0 ||
        ::listen(socket_, 8) != 0) {
      throw std::runtime_error("no unix socket for a test");
    }
  }
  UnixListener(const UnixListener&) = delete;
  UnixListener& operator=(const UnixListener&) = delete;
  ~UnixListener() {
    ::close(socket_);
    ::unlink(address_.sun_path);
  }

  std::string path() const { return address_.sun_path; }

  // Returns the request.
  std::string answer(const std::string& bytes) const {
    const int client = ::accept(socket_, nullptr, nullptr);
    char piece[4096];
    const ssize_t size = ::recv(client, piece, sizeof piece, 0);
    (void)::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::close(client);
    return {piece, static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  }

 private:
  int socket_;
  sockaddr_un address_{};
};

TEST_F(CurlTransportHttpTest, AUnixSocketTakesTheTargetsPlaceButNotItsName) {
  const UnixListener listener;
  plan::Http http;
  http.unix_socket = listener.path();
  ASSERT_TRUE(reach("http://shop.invalid", {.http = http, .addresses = {}}, kPatience));
  use(http);
  Exchange exchange = get("http://shop.invalid/path");
  transport_->start(transport_->open(), exchange);

  listener.answer("");  // That of reach(), which sends nothing.
  const std::string request = listener.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  wait_for(1);

  EXPECT_EQ(request, "GET /path HTTP/1.1\r\nHost: shop.invalid\r\nAccept: */*\r\n\r\n");
  EXPECT_EQ(exchange.response.body, "hi") << exchange.detail;
}

TEST_F(CurlTransportHttpTest, AProxyIsAskedForTheWholeUrlAndTheEnvironmentForNothing) {
  LoopbackServer proxy([](const Request&) { return LoopbackServer::ok("from the proxy"); });
  ::setenv("no_proxy", "*", 1);
  plan::Http http;
  http.proxy = proxy.url("");
  use(http);
  Channel& channel = transport_->open();
  Exchange exchange = get("http://shop.invalid/path?a=b");

  run(channel, exchange);
  run(channel, exchange);
  ::unsetenv("no_proxy");

  EXPECT_EQ(exchange.response.body, "from the proxy") << exchange.detail;
  const Request request = proxy.requests().back();
  EXPECT_EQ(request.line(), "GET http://shop.invalid/path?a=b HTTP/1.1");
  EXPECT_THAT(request.head, HasSubstr("Host: shop.invalid\r\n"));
  EXPECT_EQ(request.connection, 1);
}

TEST_F(CurlTransportHttpTest, AProxyOfTheEnvironmentIsIgnored) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok("direct"); });
  const DeafPort port;
  ::setenv("http_proxy", ("http://" + port.place()).c_str(), 1);
  Exchange exchange = get(server.url());

  run(transport_->open(), exchange);
  ::unsetenv("http_proxy");

  EXPECT_EQ(exchange.response.body, "direct") << exchange.detail;
}

TEST_F(CurlTransportHttpTest, AProxyThatOpensNoTunnelCouldNotConnect) {
  LoopbackServer proxy([](const Request&) {
    return Reply{"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"};
  });
  plan::Http http;
  http.proxy = proxy.url("");
  use(http);
  Exchange exchange = get("https://shop.invalid/");

  run(transport_->open(), exchange);

  EXPECT_EQ(proxy.requests().at(0).line(), "CONNECT shop.invalid:443 HTTP/1.1");
  EXPECT_EQ(exchange.outcome, Outcome::could_not_connect);
  EXPECT_EQ(exchange.detail, "CONNECT tunnel failed, response 403");
  EXPECT_EQ(exchange.response.head, "");
}

}  // namespace
}  // namespace loadgate::transport
