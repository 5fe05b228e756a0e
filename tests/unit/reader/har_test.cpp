#include "reader/har.h"

#include <gtest/gtest.h>

#include "plans.h"
#include "sketches.h"

namespace loadgate::reader {
namespace {

std::string recording(std::string_view entries) {
  return R"({"log": {"entries": [)" + std::string(entries) + "]}}";
}

// One request of a recording; `more` are further keys of the request.
std::string request(std::string_view method, std::string_view url, std::string_view more = "") {
  return R"({"request": {"method": ")" + std::string(method) + R"(", "url": ")" + std::string(url) +
         "\"" + std::string(more) + R"(}, "response": {"status": 200}})";
}

std::string plan_of(std::string_view har, Assets assets = Assets::leave_out) {
  const Result<Sketch> sketch = read_har(har, "shop.har", assets);
  EXPECT_TRUE(sketch.has_value()) << (sketch ? "" : sketch.error().text);
  return sketch ? write_plan(*sketch) : "";
}

std::string error_of(std::string_view har) {
  const Result<Sketch> sketch = read_har(har, "shop.har");
  return sketch ? "no error" : sketch.error().text;
}

TEST(Har, ARecordingBecomesASequenceThatReadsBackAsWhatWasSent) {
  const plan::Plan plan = right_with_secrets(plan_of(fixture("shop.har")));
  EXPECT_EQ(plan.target, "https://shop.example.org");
  EXPECT_EQ(sent_by(plan),
            "GET https://shop.example.org/login/\n"
            "POST https://shop.example.org/login/ csrfmiddlewaretoken=&username=ada&"
            "password=in+PASSWORD&remember=on\n"
            "GET https://shop.example.org/account/\n"
            "POST https://shop.example.org/api/token/ {\"username\":\"ada\",\"password\":"
            "\"in PASSWORD\",\"client\":{\"client_secret\":\"in CLIENT_SECRET\",\"version\":2}}\n"
            "GET https://shop.example.org/api/items?collection=4&q=red+shoes&page=1\n"
            "GET https://shop.example.org/api/items/42\n"
            "GET https://shop.example.org/api/items/77\n"
            "POST https://shop.example.org/api/carts/6f9619ff-8b86-d011-b42d-00cf4fc964ff/items "
            "{\"product_id\":42,\"quantity\":1,\"note\":\"price is ${5}, ask {{ us }}: yes\","
            "\"gift\":null,\"sizes\":[\"41\",\"42\"]}\n");
}

TEST(Har, ThePlanSaysWhereItsLoadMayGo) {
  const std::string plan = plan_of(fixture("shop.har"));
  EXPECT_NE(plan.find("# Put load on a service of your own only: set TARGET to one.\n"
                      "target: ${TARGET:-https://shop.example.org}\n"),
            std::string::npos)
      << plan;
}

TEST(Har, NoSecretOfTheRecordingStandsInThePlan) {
  const std::string plan = plan_of(fixture("shop.har"));
  for (const std::string_view secret :
       {"correct horse", "correct+horse", "battery", "live_51HvbqT9z", "s3cr3t-of-the-app",
        "eyJhbGci", "kQ7vN2xPzLr8TgWb3uYc", "h5Jd9KqLmW2e", "8c1f0d2b7a6e", "abc123tracker"}) {
    EXPECT_EQ(plan.find(secret), std::string::npos) << secret << "\n" << plan;
  }
  EXPECT_NE(plan.find("password: \"${PASSWORD:?set PASSWORD}\""), std::string::npos) << plan;
}

TEST(Har, IdsInPathsAreOneName) {
  const std::string plan = plan_of(fixture("shop.har"));
  EXPECT_NE(plan.find("name: GET /api/items/:id\n"), std::string::npos) << plan;
  EXPECT_NE(plan.find("name: POST /api/carts/:id/items\n"), std::string::npos) << plan;
}

TEST(Har, WhatTheServiceHandedOutIsCapturedAgain) {
  const std::string plan = plan_of(fixture("shop.har"));
  EXPECT_NE(plan.find("token: $.access\n"), std::string::npos) << plan;
  EXPECT_NE(plan.find("csrfmiddlewaretoken: \"regex '<input type=\\\"hidden\\\" "
                      "name=\\\"csrfmiddlewaretoken\\\" value=\\\"([^\\\"]+)'\"\n"),
            std::string::npos)
      << plan;
}

TEST(Har, PausesOfThePersonAreWaitsOfAtMostTenSeconds) {
  const plan::Plan plan = right_with_secrets(plan_of(fixture("shop.har")));
  std::vector<Nanoseconds> waits;
  for (const plan::Step& step : plan.scenarios.at(0).tasks.at(0).steps) {
    if (const auto* wait = std::get_if<plan::Wait>(&step)) waits.push_back(wait->shortest);
  }
  using std::chrono::milliseconds;
  EXPECT_EQ(waits, (std::vector<Nanoseconds>{milliseconds(7000), milliseconds(4000),
                                             milliseconds(1400), milliseconds(10000)}));
}

TEST(Har, WhatABrowserAddsIsNotSent) {
  const std::string plan = lower(plan_of(fixture("shop.har")));
  for (const std::string_view header : {"user-agent", "sec-", "accept-", "referer",
                                        "origin:", "authority", "content-length", "cookie:"}) {
    EXPECT_EQ(plan.find(header), std::string::npos) << header;
  }
  EXPECT_NE(plan.find("accept: application/json"), std::string::npos);
}

TEST(Har, HeadersThatNoRequestCanCarryAreLeftOut) {
  const plan::Plan plan = right(plan_of(
      recording(request("GET", "http://127.0.0.1/", R"(, "headers": [{"name": "", "value": "a"},
      {"name": "X A", "value": "b"}, {"name": "X-Line", "value": "c\nd"},
      {"name": "X-Kept", "value": "e"}, {"name": "x-kept", "value": "f"}])"))));
  EXPECT_EQ(header(plan, "X-Kept"), "e");
  EXPECT_EQ(header(plan, "x-kept"), "none");
  EXPECT_EQ(header(plan, "X-Line"), "none");
}

TEST(Har, AssetsAndOtherHostsAreLeftOutAndSaid) {
  const std::string plan = plan_of(fixture("shop.har"));
  EXPECT_EQ(plan.find("/static/"), std::string::npos);
  EXPECT_NE(plan.find("# Left out: 3 requests for images, fonts, styles and scripts"),
            std::string::npos);
  EXPECT_NE(plan.find("# Left out: 1 request to another host, https://metrics.example.com."),
            std::string::npos);
  EXPECT_NE(plan_of(fixture("shop.har"), Assets::keep).find("get: /static/app.4f2a.css"),
            std::string::npos);
}

TEST(Har, CookiesThatTheServiceDidNotSetAreAskedFor) {
  const std::string cookie = R"(, "headers": [{"name": "Cookie", "value": "sid=abcdef12"}])";
  const std::string plan = plan_of(recording(request("GET", "http://a.b/x", cookie)));
  EXPECT_EQ(plan.find("abcdef12"), std::string::npos);
  EXPECT_NE(plan.find("Cookie: \"{{ cookie }}\""), std::string::npos) << plan;
}

TEST(Har, AuthorizationOfOtherKindsIsAskedForWhole) {
  const std::string basic =
      R"(, "headers": [{"name": "Authorization", "value": "Basic YWRhOnNlY3JldA=="}])";
  const std::string plan = plan_of(recording(request("GET", "http://a.b/x", basic)));
  EXPECT_EQ(plan.find("YWRhOnNlY3JldA"), std::string::npos);
  EXPECT_NE(plan.find("${AUTHORIZATION:?set AUTHORIZATION}"), std::string::npos) << plan;
}

TEST(Har, ASecretIsHiddenWhereverItStands) {
  const std::string plan =
      plan_of(recording(request("GET", "http://a.b/login?api_key=qwertz99&x=1") + "," +
                        request("GET", "http://a.b/keys/qwertz99/show")));
  EXPECT_EQ(plan.find("qwertz99"), std::string::npos) << plan;
  const plan::Plan read = right_with_secrets(plan);
  EXPECT_EQ(sent_by(read),
            "GET http://a.b/login?api_key=in+API_KEY&x=1\nGET http://a.b/keys/in%20API_KEY/show\n");
}

TEST(Har, QueriesThatNoMapCanHoldStayInThePath) {
  const plan::Plan plan =
      right(plan_of(recording(request("GET", "http://a.b/list?tag=a&tag=b%20c&x"))));
  EXPECT_EQ(sent_by(plan), "GET http://a.b/list?tag=a&tag=b%20c&x\n");
  EXPECT_EQ(plan.request_names.at(0).text, "GET /list");
}

TEST(Har, OddTextReadsBackAsItWas) {
  const std::string body =
      R"(, "postData": {"mimeType": "text/plain",)"
      R"( "text": "a: \"b\" # {{ c }} $$ ${D} \\ \u0085\u2028\u0007\t{{{ end$"})";
  const plan::Plan plan = right(plan_of(recording(request("POST", "http://a.b/", body))));
  EXPECT_EQ(sent_by(plan),
            "POST http://a.b/ a: \"b\" # {{ c }} $$ ${D} \\ \u0085\u2028\a\t{{{ end$\n");
}

TEST(Har, ABrokenRecordingIsRefusedWithItsPlaceAndNothingOfItsText) {
  EXPECT_EQ(error_of("{\n  \"log\": {\"password\": secret}}"), "shop.har:2:23: this is not JSON");
  EXPECT_EQ(error_of(""), "shop.har:1:1: this is not JSON");
  EXPECT_EQ(error_of("{}"),
            "shop.har: this is no recording (HAR): it has no list \"entries\" in \"log\"");
  EXPECT_EQ(error_of(recording("")),
            "shop.har: the recording holds no answered request that a plan can send");
  EXPECT_EQ(error_of(recording("5, null, {\"request\": []}")),
            "shop.har: the recording holds no answered request that a plan can send");
}

}  // namespace
}  // namespace loadgate::reader
