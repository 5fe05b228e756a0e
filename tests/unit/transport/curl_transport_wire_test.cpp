// What goes over the wire, byte for byte, and what is made of the answer.

#include <algorithm>

#include "wire_fixture.h"

namespace loadgate::transport {
namespace {

using plan::Method;

class CurlTransportWireTest : public Wire {
 protected:
  // The request as the server saw it, without Host.
  std::string sent(Exchange& exchange) {
    LoopbackServer server([](const Request&) { return LoopbackServer::ok(""); });
    exchange.url = server.url("/a/../b?c=d");
    run(transport_->open(), exchange);
    std::string text = server.requests().at(0).head + server.requests().at(0).body;
    EXPECT_EQ(exchange.bytes_sent, text.size());
    const std::string host = "Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n";
    const std::size_t place = text.find(host);
    EXPECT_NE(place, std::string::npos);
    return text.erase(place, host.size());
  }
};

struct MethodCase {
  Method method;
  std::string without_body;
  std::string with_body;
};

TEST_F(CurlTransportWireTest, EachMethodIsSentWithAndWithoutABody) {
  const std::string bare = " /a/../b?c=d HTTP/1.1\r\nAccept: */*\r\n\r\n";
  const std::string empty = " /a/../b?c=d HTTP/1.1\r\nAccept: */*\r\nContent-Length: 0\r\n\r\n";
  const std::string body = " /a/../b?c=d HTTP/1.1\r\nAccept: */*\r\nContent-Length: 5\r\n\r\na b&c";
  const std::vector<MethodCase> cases{
      {Method::get, "GET" + bare, "GET" + body},
      {Method::head, "HEAD" + bare, "HEAD" + bare},
      {Method::post, "POST" + empty, "POST" + body},
      {Method::put, "PUT" + empty, "PUT" + body},
      {Method::patch, "PATCH" + empty, "PATCH" + body},
      {Method::del, "DELETE" + bare, "DELETE" + body},
      {Method::options, "OPTIONS" + bare, "OPTIONS" + body},
  };
  for (const MethodCase& each : cases) {
    Exchange exchange = get("");
    exchange.method = each.method;
    EXPECT_EQ(sent(exchange), each.without_body);
    exchange.body = "a b&c";
    exchange.has_body = true;
    EXPECT_EQ(sent(exchange), each.with_body);
  }
}

TEST_F(CurlTransportWireTest, AChannelForgetsTheMethodAndBodyOfTheRequestBefore) {
  LoopbackServer server([](const Request& request) {
    Reply reply = LoopbackServer::ok("body");
    if (request.head.starts_with("HEAD")) reply.bytes.erase(reply.bytes.size() - 4);
    return reply;
  });
  const std::vector<Method> methods{Method::get,  Method::head, Method::post, Method::get,
                                    Method::del,  Method::head, Method::put,  Method::head,
                                    Method::post, Method::get,  Method::patch};
  Channel& channel = transport_->open();
  for (const bool has_body : {false, true}) {
    for (const Method method : methods) {
      Exchange exchange = get(server.url());
      exchange.method = method;
      exchange.body = "text";
      exchange.has_body = has_body;
      run(channel, exchange);
      const Request request = server.requests().back();
      EXPECT_EQ(request.line(), std::string(plan::name_of(method)) + " / HTTP/1.1");
      EXPECT_EQ(request.body, has_body && method != Method::head ? "text" : "");
      EXPECT_EQ(request.connection, 1);
      EXPECT_EQ(exchange.response.body, method == Method::head ? "" : "body");
    }
  }
}

TEST_F(CurlTransportWireTest, HeaderLinesGoOutAsTheyAre) {
  const HeaderLines headers{{"Accept: application/json", "X-Empty:", "X-Odd:  two  spaces"}};
  Exchange exchange = get("");
  exchange.headers = &headers;

  EXPECT_EQ(sent(exchange),
            "GET /a/../b?c=d HTTP/1.1\r\n"
            "Accept: application/json\r\nX-Empty:\r\nX-Odd:  two  spaces\r\n\r\n");
}

TEST_F(CurlTransportWireTest, ABodyHasTheContentTypeOfItsLines) {
  const HeaderLines headers{{"content-type: application/json"}, true};
  Exchange exchange = get("");
  exchange.method = Method::post;
  exchange.headers = &headers;
  exchange.body = "{}";
  exchange.has_body = true;

  EXPECT_EQ(sent(exchange),
            "POST /a/../b?c=d HTTP/1.1\r\nAccept: */*\r\n"
            "content-type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_F(CurlTransportWireTest, AChannelChangesItsHeadersFromRequestToRequest) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok(""); });
  const HeaderLines constant{{"X-Kind: constant"}, true};
  HeaderLines changing{{"X-Kind: 1"}};
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());
  const auto kind_with = [&](const HeaderLines& headers) {
    exchange.headers = &headers;
    run(channel, exchange);
    const std::string head = server.requests().back().head;
    const std::size_t place = head.find("X-Kind: ");
    return place == std::string::npos ? ""
                                      : head.substr(place + 8, head.find('\r', place) - place - 8);
  };

  EXPECT_EQ(kind_with(constant), "constant");
  EXPECT_EQ(kind_with(constant), "constant");
  EXPECT_EQ(kind_with(changing), "1");
  changing.lines = {"X-Kind: 2", "X-More: yes"};
  EXPECT_EQ(kind_with(changing), "2");
  EXPECT_EQ(kind_with(no_headers_), "");
  exchange.method = Method::post;
  EXPECT_EQ(kind_with(constant), "constant");
}

TEST_F(CurlTransportWireTest, ALargeBodyIsSentWholeAndWithoutWaitingForAContinue) {
  LoopbackServer server([](const Request&) { return LoopbackServer::ok(""); });
  Exchange exchange = get(server.url());
  exchange.method = Method::put;
  const std::string body(3'000'000, 'x');
  exchange.body = body;
  exchange.has_body = true;

  run(transport_->open(), exchange);

  const Request request = server.requests().at(0);
  EXPECT_TRUE(request.body == exchange.body);
  EXPECT_EQ(request.head.find("Expect"), std::string::npos);
  EXPECT_EQ(exchange.bytes_sent, request.head.size() + request.body.size());
  EXPECT_LT(exchange.moments.secured, exchange.moments.written);
}

TEST_F(CurlTransportWireTest, OnlyTheBeginningOfABodyIsKeptUnlessItIsAskedFor) {
  const std::string body(300'000, 'y');
  LoopbackServer server([&](const Request&) { return LoopbackServer::ok(body); });
  Channel& channel = transport_->open();
  Exchange exchange = get(server.url());

  run(channel, exchange);
  EXPECT_EQ(exchange.response.body, body.substr(0, kKeptBytes));
  EXPECT_EQ(exchange.response.body_size, body.size());
  EXPECT_EQ(exchange.bytes_received, exchange.response.head.size() + body.size());

  exchange.keep = Keep::whole;
  run(channel, exchange);
  EXPECT_TRUE(exchange.response.body == body);
  EXPECT_EQ(server.requests().back().connection, 1);
}

TEST_F(CurlTransportWireTest, TheHeadIsThatOfTheLastResponse) {
  LoopbackServer server([](const Request&) {
    return Reply{
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n"};
  });
  Exchange exchange = get(server.url());

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.response.status, 201);
  EXPECT_EQ(exchange.response.head, "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(exchange.response.body, "ok");
}

TEST_F(CurlTransportWireTest, ARedirectIsNotFollowed) {
  LoopbackServer server([](const Request&) {
    return Reply{"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"};
  });
  Exchange exchange = get(server.url());

  run(transport_->open(), exchange);

  EXPECT_EQ(exchange.response.status, 302);
  EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace loadgate::transport
