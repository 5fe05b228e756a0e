#include "reader/read_http.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

plan::Http http(std::string_view map, std::string_view target = "http://h") {
  return right("name: a\ntarget: " + std::string(target) +
               "\nstages: [{ for: 1m, users: 1 }]\nscenarios: [{ tasks: [{ get: / }] }]\nhttp: " +
               std::string(map))
      .http;
}

TEST(Http, IsPlainUnlessThePlanSaysMore) {
  const plan::Http plain = http("{}");
  EXPECT_EQ(plain.protocol, plan::Protocol::h1);
  EXPECT_EQ(plain.redirects, 0U);
  EXPECT_FALSE(plain.compression);
  EXPECT_EQ(plain.connections, plan::Connections::per_user);
  EXPECT_TRUE(plain.tls.verify);
  EXPECT_EQ(plain.proxy + plain.unix_socket + plain.tls.ca + plain.tls.cert + plain.tls.key, "");
}

TEST(Http, IsSentAsThePlanSays) {
  const plan::Http read = http(
      "{ redirects: 5, compression: true, connections: per_request,"
      " proxy: 'http://[::1]:3128/' }");
  EXPECT_EQ(read.redirects, 5U);
  EXPECT_TRUE(read.compression);
  EXPECT_EQ(read.connections, plan::Connections::per_request);
  EXPECT_EQ(read.proxy, "http://[::1]:3128");
}

TEST(Http, SpeaksTheProtocolThatFitsTheTarget) {
  EXPECT_EQ(http("{ protocol: h2 }", "https://h").protocol, plan::Protocol::h2);
  EXPECT_EQ(http("{ protocol: h2c }").protocol, plan::Protocol::h2c);
  EXPECT_EQ(http("{ protocol: h1 }", "https://h").protocol, plan::Protocol::h1);
}

TEST(Http, FilesLieBesideThePlan) {
  const plan::Tls tls = http("{ tls: { ca: ca.pem, cert: me.pem, key: ./me.key } }").tls;
  EXPECT_EQ(tls.ca, "ca.pem");
  EXPECT_EQ(tls.cert, "me.pem");
  EXPECT_EQ(tls.key, "me.key");
  EXPECT_EQ(http("{ unix_socket: run/app.sock }").unix_socket, "run/app.sock");
  EXPECT_EQ(http("{ unix_socket: /run/app.sock }").unix_socket, "/run/app.sock");
}

TEST(Http, PathsAreSeenFromTheWorkingDirectory) {
  EXPECT_EQ(path_from("plans/shop.yaml", "ca.pem"), "plans/ca.pem");
  EXPECT_EQ(path_from("plans/shop.yaml", "../ca.pem"), "ca.pem");
  EXPECT_EQ(path_from("shop.yaml", "/etc/ca.pem"), "/etc/ca.pem");
}

TEST(Http, OtherHostsOfRequestsAreKnownBeforeTheRun) {
  const plan::Plan plan =
      right(with_tasks("[{ get: /a }, { get: 'http://Auth:9/b' }, { get: 'https://auth/c' },"
                       " { get: 'http://auth:9/d' }, { get: 'http://127.0.0.1:8000/e' }]"));
  EXPECT_EQ(plan.origins,
            (std::vector<std::string>{"http://127.0.0.1:8000", "http://auth:9", "https://auth"}));
  EXPECT_EQ(filled(plan, plan.requests.at(1).url), "http://auth:9/b");
}

TEST(Http, TheTargetsOriginIsKnownThoughNoRequestNamesIt) {
  EXPECT_EQ(right(with_tasks("[{ get: /a }]")).origins,
            (std::vector<std::string>{"http://127.0.0.1:8000"}));
  EXPECT_EQ(right(with_tasks("[{ get: /a }]"), {.host = "http://b/x"}).origins,
            (std::vector<std::string>{"http://b"}));
}

}  // namespace
}  // namespace loadgate::reader
