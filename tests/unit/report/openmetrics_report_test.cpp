#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>

#include "base/text.h"
#include "report/openmetrics_text.h"
#include "report/report.h"
#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

std::string metrics_of(const gate::Summary& summary) {
  const metrics::RunResult run;
  return make_report("openmetrics")->render({&run, &summary});
}

TEST(OpenMetrics, AFamilySaysWhatItIsAndHasAllItsSamplesTogether) {
  OpenMetricsText text;
  text.family("x_seconds", "gauge", "seconds", "What it is.");
  text.sample({{"a", "b \"c\" \\ d\n"}}, 0.25);
  text.sample({}, 3);
  EXPECT_EQ(text.take(),
            "# TYPE x_seconds gauge\n# UNIT x_seconds seconds\n# HELP x_seconds What it is.\n"
            "x_seconds{a=\"b \\\"c\\\" \\\\ d?\"} 0.25\nx_seconds 3\n# EOF\n");
}

TEST(OpenMetrics, WritesNoFamilyWithoutSamplesAndNoSampleTwice) {
  OpenMetricsText text;
  text.family("x", "gauge", "", "X.");
  text.sample({}, std::numeric_limits<double>::quiet_NaN());
  text.family("y", "gauge", "", "Y.");
  text.sample({}, 1);
  text.sample({}, 2);
  EXPECT_EQ(text.take(), "# TYPE y gauge\n# HELP y Y.\ny 1\n# EOF\n");
}

TEST(OpenMetrics, HoldsRequestsThresholdsComparisonsAndServicesInBaseUnits) {
  const std::string text = metrics_of(support::duet_regression_summary());
  EXPECT_THAT(text, HasSubstr("\nloadgate_verdict{plan=\"storefront\","
                              "verdict=\"regression\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("\nloadgate_response_time_seconds{plan=\"storefront\",stage=\"\","
                              "request=\"GET /store/products/\",role=\"task\",quantile=\"0.5\"} "
                              "0.0081\n"));
  EXPECT_THAT(text, HasSubstr("\nloadgate_threshold_limit{plan=\"storefront\",stage=\"\","
                              "threshold=\"p95 < 300ms\"} 0.3\n"));
  EXPECT_THAT(text, HasSubstr("\nloadgate_comparison_change_ratio{plan=\"storefront\","
                              "stage=\"duet\",request=\"all requests\","
                              "metric=\"cpu_per_request\"} 0.318\n"));
  EXPECT_THAT(text, HasSubstr("\nloadgate_service_memory_max_bytes{plan=\"storefront\","
                              "service=\"service\",side=\"base\"} 97000000\n"));
  EXPECT_THAT(text, EndsWith("\n# EOF\n"));
}

TEST(OpenMetrics, NoTextForgesASample) {
  const std::string text = metrics_of(support::hostile_summary());
  std::set<std::string_view> seen;
  for (const std::string_view line : split(trimmed(text), '\n')) {
    EXPECT_TRUE(line.starts_with("# ") || line.starts_with("loadgate_")) << line;
    EXPECT_TRUE(seen.insert(line).second) << line;
  }
}

}  // namespace
}  // namespace loadgate::report
