#include "load/failure_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "plan/encoding.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr TimePoint kStart{100s};

class FailureSampleTest : public testing::Test {
 protected:
  FailureSampleTest() {
    exchange_.method = plan::Method::post;
    exchange_.url = "http://sample.test/login?page=1";
    exchange_.headers = &headers_;
    exchange_.moments.sent = kStart + 2s;
    exchange_.moments.finished = kStart + 2s + 30ms;
    exchange_.response.status = 403;
    exchange_.response.head =
        "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nset-cookie: sid=1\r\n\r\n";
    respond("no entry");
  }

  void respond(const std::string& body) {
    exchange_.response.body = body;
    exchange_.response.body_size = body.size();
  }

  metrics::FailureSample sample(const std::vector<std::string>& secrets = {},
                                const std::string& detail = "status 403, expected below 400") {
    return failure_sample(exchange_, exchange_.moments.sent, detail, rules_, Mask(secrets));
  }

  SampleRules rules_{.run_start = kStart};
  transport::HeaderLines headers_;
  transport::Exchange exchange_;
};

TEST_F(FailureSampleTest, HoldsRequestAndResponse) {
  headers_.lines = {"Accept: */*"};
  exchange_.has_body = true;
  exchange_.body = "name=x";
  const metrics::FailureSample kept = sample();
  EXPECT_EQ(kept.at, 2s);
  EXPECT_EQ(kept.response_time, 30ms);
  EXPECT_EQ(kept.detail, "status 403, expected below 400");
  EXPECT_EQ(kept.request.start_line, "POST http://sample.test/login?page=1 HTTP/1.1");
  EXPECT_THAT(kept.request.headers, ElementsAre("Accept: */*"));
  EXPECT_EQ(kept.request.body, "name=x");
  EXPECT_EQ(kept.request.body_size, 6U);
  EXPECT_EQ(kept.response.start_line, "HTTP/1.1 403 Forbidden");
  EXPECT_THAT(kept.response.headers, ElementsAre("Content-Type: text/plain", "set-cookie: ***"));
  EXPECT_EQ(kept.response.body, "no entry");
  EXPECT_EQ(kept.response.body_size, 8U);
}

TEST_F(FailureSampleTest, CountsTheTimeFromDue) {
  const metrics::FailureSample kept = failure_sample(exchange_, kStart + 1s, "", rules_, Mask({}));
  EXPECT_EQ(kept.at, 2s);
  EXPECT_EQ(kept.response_time, 1s + 30ms);
}

TEST_F(FailureSampleTest, SaysTheProtocolOfThePlan) {
  rules_.protocol = plan::Protocol::h2;
  EXPECT_EQ(sample().request.start_line, "POST http://sample.test/login?page=1 HTTP/2");
}

TEST_F(FailureSampleTest, HidesBodiesWhereThePlanSaysSo) {
  rules_.bodies = Bodies::hidden;
  exchange_.has_body = true;
  exchange_.body = "name=x";
  const metrics::FailureSample kept = sample();
  EXPECT_EQ(kept.request.body, "");
  EXPECT_EQ(kept.request.body_size, 6U);
  EXPECT_EQ(kept.response.body, "");
  EXPECT_EQ(kept.response.body_size, 8U);
  EXPECT_FALSE(kept.response.headers.empty());
}

TEST_F(FailureSampleTest, MasksMoreSecretsWhereTheUserHoldsSome) {
  const Mask mask = Mask({"abc"}).with({"defghi", ""});
  EXPECT_EQ(mask.over("abc def defghi abcdefghi"), "*** def *** ******");
}

TEST_F(FailureSampleTest, HasNoResponseWhereNoneCame) {
  exchange_.response = {};
  const metrics::FailureSample kept = sample();
  EXPECT_EQ(kept.response.start_line, "");
  EXPECT_TRUE(kept.response.headers.empty());
}

TEST_F(FailureSampleTest, DoesNotShowABodyThatWasNotSent) {
  exchange_.body = "left from the request before";
  EXPECT_EQ(sample().request.body, "");
}

TEST_F(FailureSampleTest, NeverShowsHeadersThatCarryCredentials) {
  headers_.lines = {"Authorization: Bearer abc", "proxy-authorization: Basic eA==", "COOKIE: a=b",
                    "Cookie-Policy: none"};
  EXPECT_THAT(sample().request.headers,
              ElementsAre("Authorization: ***", "proxy-authorization: ***", "COOKIE: ***",
                          "Cookie-Policy: none"));
}

TEST_F(FailureSampleTest, MasksASecretInEveryWayAPlanSendsIt) {
  for (const std::string secret :
       {"p~ss word", "p*ss word", "a\nbcdef", "caf\xC3\xA9~x", "a%/b c"}) {
    const Mask mask({secret});
    for (const plan::Encoding encoding :
         {plan::Encoding::none, plan::Encoding::path, plan::Encoding::form, plan::Encoding::json}) {
      std::string sent = "k=";
      plan::append_encoded(secret, encoding, sent);
      EXPECT_EQ(mask.over(sent), "k=***") << sent;
    }
  }
}

TEST_F(FailureSampleTest, MasksSecretsWhereverAndHoweverTheyStand) {
  const std::string secret = "p/w \"1\"";
  headers_.lines = {"X-Key: " + secret};
  exchange_.url = "http://sample.test/p%2Fw%20%221%22?a=p%2fw%20%221%22&b=p%2Fw+%221%22";
  exchange_.has_body = true;
  const std::string body = nlohmann::json{{"password", secret}}.dump();
  exchange_.body = body;
  exchange_.response.head = "HTTP/1.1 403 " + secret + "\r\nX-Echo: " + secret + "\r\n\r\n";
  respond("wrong: " + secret + ", again: " + secret);
  const metrics::FailureSample kept = sample({secret}, "saw " + secret);

  EXPECT_EQ(kept.detail, "saw ***");
  EXPECT_EQ(kept.request.start_line, "POST http://sample.test/***?a=***&b=*** HTTP/1.1");
  EXPECT_THAT(kept.request.headers, ElementsAre("X-Key: ***"));
  EXPECT_EQ(kept.request.body, R"({"password":"***"})");
  EXPECT_EQ(kept.response.start_line, "HTTP/1.1 403 ***");
  EXPECT_THAT(kept.response.headers, ElementsAre("X-Echo: ***"));
  EXPECT_EQ(kept.response.body, "wrong: ***, again: ***");
}

TEST_F(FailureSampleTest, MasksTheLongerOfTwoSecretsFirst) {
  respond("token-and-more token");
  EXPECT_EQ(sample({"token", "token-and-more"}).response.body, "*** ***");
}

TEST_F(FailureSampleTest, CutsBodiesAndSaysTheirWholeSize) {
  respond(std::string(5000, 'x'));
  const metrics::FailureSample kept = sample();
  EXPECT_EQ(kept.response.body, std::string(metrics::kSampleBytes, 'x'));
  EXPECT_EQ(kept.response.body_size, 5000U);
}

TEST_F(FailureSampleTest, ShowsNoPartOfASecretThatTheCutGoesThrough) {
  const std::string secret = "correct horse battery staple";
  const std::string before(metrics::kSampleBytes - 10, 'x');
  respond(before + secret);
  EXPECT_THAT(sample({secret}).response.body, Not(HasSubstr("corr")));

  // The transport kept the beginning only.
  exchange_.response.body = before + secret.substr(0, 10);
  exchange_.response.body_size = 100'000;
  EXPECT_EQ(sample({secret}).response.body, before + "***");

  // Masked secrets make room: the end of what was looked at moves into sight.
  std::string many;
  while (many.size() < 3 * metrics::kSampleBytes) many += secret;
  respond(many);
  EXPECT_THAT(sample({secret}).response.body, Not(HasSubstr("cor")));
}

TEST_F(FailureSampleTest, MakesBrokenBytesReadable) {
  respond("caf\xE9 \xFF");
  const metrics::FailureSample kept = sample();
  EXPECT_EQ(kept.response.body, valid_utf8("caf\xE9 \xFF"));
  EXPECT_NE(kept.response.body, "caf\xE9 \xFF");
}

}  // namespace
}  // namespace loadgate::load
