#include <gtest/gtest.h>

#include <string>

#include "gate/judge.h"
#include "report/report.h"
#include "support/sample_long_run.h"
#include "support/sample_summary.h"

namespace loadgate::report {
namespace {

std::string render(const gate::Summary& summary) {
  const metrics::RunResult run;
  return make_report("html")->render({&run, &summary});
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

TEST(HtmlReport, OfTwoHoursStaysSmall) {
  const metrics::RunResult run = support::sample_long_run();
  const std::string html = render(gate::summarize(run, gate::judge(run, std::nullopt)));
  EXPECT_LT(html.size(), 1'500'000U);  // Asked for: below 3 MB.
  EXPECT_NE(html.find("chart-memory"), std::string::npos);
}

TEST(HtmlReport, AllowsItsOwnStyleAndScriptsOnly) {
  const std::string html = render(support::passed_summary());
  const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
  EXPECT_TRUE(policy.starts_with("default-src 'none'; style-src 'sha256-")) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  for (const char* loading : {" style=\"", " onclick", "src=", "href=", "url(", "@import"}) {
    EXPECT_EQ(between(html, "<body>", "<script").find(loading), std::string::npos) << loading;
  }
}

TEST(HtmlReport, KeepsTheLicenceOfItsLibrary) {
  const std::string html = render(support::passed_summary());
  EXPECT_NE(html.find("Dan Vanderkam"), std::string::npos);
  EXPECT_NE(html.find("Permission is hereby granted"), std::string::npos);
  EXPECT_EQ(html.find("sourceMappingURL"), std::string::npos);
}

// Whatever else failed: what the headline names is not behind a click.
TEST(HtmlReport, ShowsTheRegressionBeforeMissedThresholds) {
  gate::Summary summary = support::regression_summary();
  gate::ThresholdFinding missed = summary.verdict.thresholds.front();
  missed.outcome = gate::Outcome::fail;
  summary.verdict.thresholds.assign(6, missed);
  const std::string html = render(summary);
  const std::size_t first_missed = html.find("<bdi>p95 &lt; 300ms</bdi></h3>");
  ASSERT_NE(first_missed, std::string::npos);
  EXPECT_LT(html.find("<bdi>p50 of GET /store/products/</bdi></h3>"), first_missed);
}

TEST(HtmlReport, OfAnInvalidRunDrawsNoConclusion) {
  const std::string html = render(support::invalid_summary());
  EXPECT_NE(html.find("Nothing follows from it"), std::string::npos);
  EXPECT_EQ(html.find("What failed"), std::string::npos);
}

TEST(HtmlReport, OfNothingHasNoCharts) {
  const std::string html = render(support::empty_summary());
  EXPECT_EQ(html.find("id=\"chart-data\""), std::string::npos);
}

}  // namespace
}  // namespace loadgate::report
