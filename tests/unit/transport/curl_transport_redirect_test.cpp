// Redirects: what is sent, what is kept of the answers, and when.

#include <map>

#include "wire_fixture.h"

namespace loadgate::transport {
namespace {

using plan::Method;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// As a table of paths and answers.
class Site {
 public:
  explicit Site(std::map<std::string, Reply> pages)
      : server_([pages = std::move(pages)](const Request& request) {
          const std::string path = request.line().substr(request.line().find(' ') + 1);
          return pages.at(path.substr(0, path.find(' ')));
        }) {}

  std::string url(std::string_view path) const { return server_.url(path); }
  std::vector<Request> requests() const { return server_.requests(); }
  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const Request& request : requests()) lines.push_back(request.line());
    return lines;
  }

 private:
  LoopbackServer server_;
};

Reply to(std::string_view place, std::string_view status = "302 Found",
         std::string_view more_headers = "") {
  return {"HTTP/1.1 " + std::string(status) + "\r\nLocation: " + std::string(place) + "\r\n" +
          std::string(more_headers) + "Content-Length: 4\r\n\r\ngone"};
}

class CurlTransportRedirectTest : public Wire {
 protected:
  CurlTransportRedirectTest() {
    plan::Http http;
    http.redirects = 2;
    use(http);
  }
};

TEST_F(CurlTransportRedirectTest, TheLastResponseIsKept) {
  Site site({{"/a", to("/b")}, {"/b", to("c")}, {"/c", LoopbackServer::ok("here", "X: 1\r\n")}});
  Exchange exchange = get(site.url("/a"));

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::ok) << exchange.detail;
  EXPECT_EQ(exchange.response.status, 200);
  EXPECT_EQ(exchange.response.head, "HTTP/1.1 200 OK\r\nX: 1\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(exchange.response.body, "here");
  EXPECT_EQ(exchange.response.body_size, 4U);
  EXPECT_THAT(site.lines(), ElementsAre("GET /a HTTP/1.1", "GET /b HTTP/1.1", "GET /c HTTP/1.1"));
}

TEST_F(CurlTransportRedirectTest, TheNextExchangeStartsWhereItsUrlSays) {
  Site site({{"/a", to("/b")}, {"/b", LoopbackServer::ok("here")}});
  Channel& channel = transport_->open();
  Exchange exchange = get(site.url("/a"));

  run(channel, exchange);
  run(channel, exchange);

  EXPECT_THAT(site.lines(), ElementsAre("GET /a HTTP/1.1", "GET /b HTTP/1.1", "GET /a HTTP/1.1",
                                        "GET /b HTTP/1.1"));
  EXPECT_EQ(site.requests().back().connection, 1);
}

TEST_F(CurlTransportRedirectTest, OneTooManyFailsWithTheResponseThatAskedForIt) {
  Site site({{"/loop", to("/loop")}});
  Exchange exchange = get(site.url("/loop"));

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::protocol);
  EXPECT_EQ(
      exchange.detail,
      "more redirects than the 2 that http.redirects allows, the next one to " + site.url("/loop"));
  EXPECT_EQ(exchange.response.status, 302);
  EXPECT_THAT(exchange.response.head, HasSubstr("Location: /loop\r\n"));
  EXPECT_EQ(site.requests().size(), 3U);
}

TEST_F(CurlTransportRedirectTest, OnlyHttpAndHttpsAreFollowed) {
  Site site({{"/a", to("ftp://127.0.0.1/")}});
  Exchange exchange = get(site.url("/a"));

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.outcome, Outcome::protocol);
  EXPECT_THAT(exchange.detail, HasSubstr("ftp"));
}

TEST_F(CurlTransportRedirectTest, CookiesOfAllResponsesAreKeptInOrderAndSentOn) {
  Site site({{"/a", to("/b", "302 Found", "Set-Cookie: one=1\r\nset-cookie: two=2; Path=/\r\n")},
             {"/b", LoopbackServer::ok("", "SET-COOKIE: three=3\r\nX-Set-Cookie: no\r\n")}});
  Exchange exchange = get(site.url("/a"));

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.response.cookies,
            "Set-Cookie: one=1\r\nSet-Cookie: two=2; Path=/\r\nSet-Cookie: three=3\r\n");
  EXPECT_THAT(site.requests().back().head, AllOf(HasSubstr("one=1"), HasSubstr("two=2")));
}

TEST_F(CurlTransportRedirectTest, TheMethodBecomesGetUnlessTheStatusKeepsIt) {
  struct Case {
    std::string status;
    Method method;
    std::string line;
    std::string body;
  };
  const std::vector<Case> cases{
      {"301 Moved", Method::post, "GET /b HTTP/1.1", ""},
      {"302 Found", Method::put, "GET /b HTTP/1.1", ""},
      {"303 See Other", Method::patch, "GET /b HTTP/1.1", ""},
      {"303 See Other", Method::del, "GET /b HTTP/1.1", ""},
      {"307 Temporary", Method::post, "POST /b HTTP/1.1", "text"},
      {"308 Permanent", Method::put, "PUT /b HTTP/1.1", "text"},
      {"302 Found", Method::get, "GET /b HTTP/1.1", ""},
  };
  Channel& channel = transport_->open();
  for (const Case& each : cases) {
    Site site({{"/a", to("/b", each.status)}, {"/b", LoopbackServer::ok("")}});
    Exchange exchange = get(site.url("/a"));
    exchange.method = each.method;
    exchange.has_body = each.method != Method::get;
    exchange.body = exchange.has_body ? "text" : "";

    run(channel, exchange);
    run(channel, exchange);  // From the beginning, with its own method.

    const std::string first = std::string(plan::name_of(each.method)) + " /a HTTP/1.1";
    EXPECT_THAT(site.lines(), ElementsAre(first, each.line, first, each.line));
    EXPECT_EQ(site.requests().back().body, each.body) << each.status;
  }
}

TEST_F(CurlTransportRedirectTest, AHeadRequestStaysOne) {
  Reply bare = LoopbackServer::ok("");
  Site site({{"/a", {"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"}}, {"/b", bare}});
  Exchange exchange = get(site.url("/a"));
  exchange.method = Method::head;

  run(transport_->open(), exchange);

  EXPECT_THAT(site.lines(), ElementsAre("HEAD /a HTTP/1.1", "HEAD /b HTTP/1.1"));
}

TEST_F(CurlTransportRedirectTest, MomentsAreOfTheFirstRequestAndEndWithTheLast) {
  Site site({{"/a", to("/b")}, {"/b", to("/c")}, {"/c", LoopbackServer::ok("here")}});
  Channel& channel = transport_->open();
  Exchange exchange = get(site.url("/a"));
  for (const bool is_new : {true, false}) {
    run(channel, exchange);
    const Moments moments = exchange.moments;

    EXPECT_EQ(moments.sent < moments.connected, is_new);
    EXPECT_LE(moments.secured, moments.written);
    EXPECT_LE(moments.written, moments.first_byte);
    EXPECT_LT(moments.first_byte, moments.finished);
    EXPECT_LE(moments.finished, clock_.now());
  }
}

TEST_F(CurlTransportRedirectTest, BytesAreThoseOfAllRequestsAndHeads) {
  Site site({{"/a", to("/b", "307 Temporary")}, {"/b", LoopbackServer::ok("here")}});
  for (const std::size_t size : {std::size_t{10}, std::size_t{200'000}}) {
    const std::string body(size, 'x');
    Exchange exchange = get(site.url("/a"));
    exchange.method = Method::post;
    exchange.body = body;
    exchange.has_body = true;

    run(transport_->open(), exchange);

    const std::vector<Request> requests = site.requests();
    std::size_t sent = 0;
    for (std::size_t i = requests.size() - 2; i < requests.size(); ++i) {
      sent += requests[i].head.size() + requests[i].body.size();
    }
    EXPECT_EQ(exchange.bytes_sent, sent);
    EXPECT_EQ(exchange.bytes_received,
              to("/b", "307 Temporary").bytes.size() - 4 + LoopbackServer::ok("here").bytes.size());
  }
}

TEST_F(CurlTransportRedirectTest, AConnectionClosedBehindARedirectIsNoReconnect) {
  Reply closing = to("/b", "302 Found", "Connection: close\r\n");
  closing.then = Then::close;
  Site site({{"/a", closing}, {"/b", LoopbackServer::ok("here")}});
  Channel& channel = transport_->open();
  Exchange warm = get(site.url("/b"));
  run(channel, warm);
  Exchange exchange = get(site.url("/a"));

  run(channel, exchange);

  EXPECT_EQ(exchange.response.body, "here");
  EXPECT_FALSE(exchange.reconnected);
  EXPECT_EQ(site.requests().back().connection, 2);
}

TEST_F(CurlTransportRedirectTest, AHeaderOfCredentialsStaysWithItsHost) {
  Site other({{"/", LoopbackServer::ok("")}});
  Site site({{"/a", to(other.url("/"))}});
  const HeaderLines headers{{"Authorization: Bearer secret"}};
  Exchange exchange = get(site.url("/a"));
  exchange.headers = &headers;

  run(transport_->open(), exchange);

  EXPECT_THAT(site.requests().at(0).head, HasSubstr("Authorization: Bearer secret\r\n"));
  EXPECT_THAT(other.requests().at(0).head, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace loadgate::transport
