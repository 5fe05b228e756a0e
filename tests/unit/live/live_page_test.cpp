#include "live/live_page.h"

#include <gtest/gtest.h>

#include <atomic>

#include "made_progress.h"
#include "support/raw_http.h"

namespace loadgate::live {
namespace {

using namespace std::chrono_literals;
using test::RawHttp;

bool never() { return false; }

class LivePageTest : public testing::Test {
 protected:
  LivePageTest() { open({}); }

  void open(const server::Endpoint& endpoint) {
    auto page =
        LivePage::open(endpoint, {.plan = "shop", .target = {}, .names = {"GET /"}, .stages = {}},
                       [this] { ++stops_; });
    ASSERT_TRUE(page) << page.error().text;
    page_ = std::move(*page);
    const std::string url = page_->url();
    const std::size_t colon = url.rfind(':', url.find('/', 7));
    port_ = static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)));
  }

  // The head and body of what `method path` is answered.
  std::string ask(const std::string& method, const std::string& path,
                  const std::string& headers = {}) const {
    RawHttp client(port_);
    client.send_bytes(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" +
                      std::to_string(port_) + "\r\n" + headers + "\r\n");
    return client.receive();
  }
  std::string own_origin() const {
    return "Origin: http://127.0.0.1:" + std::to_string(port_) + "\r\n";
  }
  static std::string status_of(const std::string& answer) { return answer.substr(9, 3); }

  // As an open page does.
  std::unique_ptr<RawHttp> reader(const std::string& path = "/events?page=1") const {
    auto client = std::make_unique<RawHttp>(port_);
    client->send_bytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client;
  }

  static End passed(std::string html) {
    return {.sign = "✓",
            .headline = "Passed",
            .sentence = "all held",
            .exit_code = 0,
            .report_file = "report.html",
            .report_html = std::move(html)};
  }

  std::atomic<int> stops_{0};
  std::unique_ptr<LivePage> page_;
  std::uint16_t port_ = 0;
};

TEST_F(LivePageTest, ServesAPageThatMayLoadNothingFromElsewhere) {
  const std::string answer = ask("GET", "/");
  EXPECT_EQ(status_of(answer), "200");
  EXPECT_NE(answer.find("Content-Security-Policy: default-src 'none'; script-src 'self';"),
            std::string::npos);
  EXPECT_NE(answer.find("<script type=\"module\" src=\"live.js\">"), std::string::npos);
  for (const char* part : {"/palette.css", "/live.css", "/live.js", "/live_charts.js"}) {
    EXPECT_EQ(status_of(ask("GET", part)), "200") << part;
  }
  EXPECT_EQ(status_of(ask("GET", "/nothing")), "404");
  EXPECT_EQ(status_of(ask("POST", "/")), "405");
}

TEST_F(LivePageTest, TellsWhatThereIsAndThenEachSecond) {
  MadeRun run(1);
  page_->progress(run.answered(0, 10ms).second());
  page_->note("waiting for the service");
  const auto client = reader();
  const std::string state = client->receive_until("\n\n");
  EXPECT_NE(state.find("event: state"), std::string::npos);
  EXPECT_NE(state.find("waiting for the service"), std::string::npos);
  page_->progress(run.answered(0, 10ms).second());
  EXPECT_NE(client->receive_until("\n\n").find("event: second"), std::string::npos);
}

TEST_F(LivePageTest, StopsOnceAndOnlyFromItsOwnPage) {
  EXPECT_EQ(status_of(ask("GET", "/stop")), "405");
  EXPECT_EQ(status_of(ask("POST", "/stop")), "403");
  EXPECT_EQ(status_of(ask("POST", "/stop", "Origin: http://attacker.example\r\n")), "403");
  EXPECT_EQ(stops_, 0);
  const auto client = reader();
  ASSERT_NE(client->receive_until("\"stopping\":false"), "");
  EXPECT_EQ(status_of(ask("POST", "/stop", own_origin())), "202");
  EXPECT_EQ(status_of(ask("POST", "/stop", own_origin())), "202");
  EXPECT_EQ(stops_, 1);
  EXPECT_NE(client->receive_until("event: stopping"), "");
}

TEST_F(LivePageTest, HandsTheReportToOpenPagesAndWaitsForThem) {
  EXPECT_EQ(status_of(ask("GET", "/report")), "404");
  const auto client = reader();
  ASSERT_NE(client->receive_until("event: state"), "");
  page_->end(passed("<!doctype html>all of it"));
  EXPECT_NE(client->receive_until("\"has_report\":true"), "");
  RawHttp asks_first(port_);  // Whether we are still there.
  asks_first.send_bytes("HEAD /report HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(status_of(asks_first.receive_until("\r\n\r\n")), "200");
  const std::string report = ask("GET", "/report");
  EXPECT_NE(report.find("Content-Type: text/html; charset=utf-8"), std::string::npos);
  EXPECT_TRUE(report.ends_with("<!doctype html>all of it"));
  EXPECT_EQ(report.find("default-src"), std::string::npos);  // It brings its own policy.
  page_->wait_for_readers(1h, never);
}

TEST_F(LivePageTest, WaitsForNobodyWhoWantsNothing) {
  page_->wait_for_readers(1h, never);
  const auto curl = reader("/events");
  ASSERT_NE(curl->receive_until("event: state"), "");
  page_->end(passed("<!doctype html>"));
  EXPECT_NE(curl->receive_until("event: end"), "");
  page_->wait_for_readers(1h, never);
}

TEST_F(LivePageTest, WaitsForNoPageWhereThereIsNoReport) {
  const auto client = reader();
  ASSERT_NE(client->receive_until("event: state"), "");
  page_->end(passed(""));
  EXPECT_NE(client->receive_until("event: end"), "");
  page_->wait_for_readers(1h, never);
}

TEST_F(LivePageTest, WaitsForAPageWhoeverElseHasTheReport) {
  page_->end(passed("<!doctype html>"));
  EXPECT_EQ(status_of(ask("GET", "/report")), "200");
  const auto client = reader();
  ASSERT_NE(client->receive_until("event: state"), "");
  int asked = 0;
  page_->wait_for_readers(1h, [&] { return ++asked == 2; });
  EXPECT_EQ(asked, 2);
}

TEST_F(LivePageTest, WaitsNoLongerThanItMay) {
  const auto client = reader();
  ASSERT_NE(client->receive_until("event: state"), "");
  page_->end(passed("<!doctype html>"));
  ASSERT_NE(client->receive_until("event: end"), "");  // And never asks for the report.
  int asked = 0;
  page_->wait_for_readers(1h, [&] { return ++asked == 3; });
  EXPECT_EQ(asked, 3);
  page_->wait_for_readers(1ms, never);
}

TEST_F(LivePageTest, WhoComesAfterTheEndIsToldAllTheSame) {
  page_->end(passed("<!doctype html>"));
  const auto client = reader("/events");
  EXPECT_NE(client->receive_until("\"has_report\":true"), "");
  EXPECT_NE(client->receive_until("\r\n0\r\n\r\n"), "");
  EXPECT_EQ(status_of(ask("POST", "/stop", own_origin())), "409");
}

TEST_F(LivePageTest, AnswersNoOtherNameOnLoopback) {
  RawHttp client(port_);
  client.send_bytes("GET /events HTTP/1.1\r\nHost: attacker.example\r\n\r\n");
  EXPECT_EQ(status_of(client.receive()), "403");
}

TEST_F(LivePageTest, OnEveryAddressNeedsItsToken) {
  open({.host = "0.0.0.0"});
  const std::string url = page_->url();
  ASSERT_TRUE(url.starts_with("http://127.0.0.1:" + std::to_string(port_) + "/?token=")) << url;
  EXPECT_EQ(status_of(ask("GET", "/")), "403");
  EXPECT_EQ(status_of(ask("GET", "/events?token=wrong")), "403");
  EXPECT_EQ(status_of(ask("POST", "/stop", own_origin())), "403");
  EXPECT_EQ(status_of(ask("GET", url.substr(url.find("/?")))), "200");
  EXPECT_EQ(status_of(ask("GET", "/live.js")), "200");  // No secret.
  EXPECT_EQ(stops_, 0);
}

TEST_F(LivePageTest, OnEveryAddressNamesOneThatReachesIt) {
  const auto page = LivePage::open({.host = "::"}, {}, [] {});
  if (!page) GTEST_SKIP() << "no IPv6 here: " << page.error().text;
  EXPECT_TRUE((*page)->url().starts_with("http://[::1]:")) << (*page)->url();
}

TEST_F(LivePageTest, APortThatIsTakenIsAnErrorWithTheAddress) {
  const server::Endpoint same{.port = port_};
  const auto second = LivePage::open(same, {}, [] {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().text,
            "cannot open the live page on " + same.text() + ": Address already in use");
}

}  // namespace
}  // namespace loadgate::live
