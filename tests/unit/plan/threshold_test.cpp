#include "plan/threshold.h"

#include <gtest/gtest.h>

namespace loadgate::plan {
namespace {

struct Right {
  std::string_view text;
  std::string_view canonical;
  Metric metric;
  Comparison comparison;
  double limit;
  bool relative = false;
};

const Right kRight[] = {
    {"p95 < 200ms", "p95 < 200ms", Metric::p95, Comparison::less, 200e6},
    {"  p95\t<   1m30s ", "p95 < 1m30s", Metric::p95, Comparison::less, 90e9},
    {"p99.9<=1.5s", "p99.9 <= 1.5s", Metric::p999, Comparison::less_or_equal, 1.5e9},
    {"error_rate < 1%", "error_rate < 1%", Metric::error_rate, Comparison::less, 0.01},
    {"error_rate <= 100%", "error_rate <= 100%", Metric::error_rate, Comparison::less_or_equal, 1},
    {"requests_per_second > 100", "requests_per_second > 100", Metric::requests_per_second,
     Comparison::greater, 100},
    {"requests >= 5", "requests >= 5", Metric::requests, Comparison::greater_or_equal, 5},
    {"failures <= 0", "failures <= 0", Metric::failures, Comparison::less_or_equal, 0},
    {"mean < 10ms", "mean < 10ms", Metric::mean, Comparison::less, 10e6},
    {"p95 <= baseline + 20%", "p95 <= baseline + 20%", Metric::p95, Comparison::less_or_equal, 0.2,
     true},
    {"p95 <= baseline", "p95 <= baseline", Metric::p95, Comparison::less_or_equal, 0, true},
    {"requests_per_second >= baseline-5%", "requests_per_second >= baseline - 5%",
     Metric::requests_per_second, Comparison::greater_or_equal, -0.05, true},
};

TEST(Threshold, ReadsWhatPeopleWrite) {
  for (const Right& right : kRight) {
    const auto made = parse_threshold(right.text);
    ASSERT_TRUE(made.has_value()) << right.text << ": " << made.error().text;
    EXPECT_EQ(made->text, right.canonical);
    EXPECT_EQ(made->metric, right.metric) << right.text;
    EXPECT_EQ(made->comparison, right.comparison) << right.text;
    EXPECT_DOUBLE_EQ(made->limit, right.limit) << right.text;
    EXPECT_EQ(made->relative_to_baseline, right.relative) << right.text;
  }
}

struct Wrong {
  std::string_view text;
  std::string_view error;
  std::string_view hint;
  std::string_view underlined;
};

constexpr std::string_view kDuration = "write a duration with its unit, for example 200ms";
constexpr std::string_view kShare = "write a share with its unit, for example 1%";
constexpr std::string_view kBaseline = "write baseline, or baseline + 20%";

const Wrong kWrong[] = {
    {"", "the threshold is empty", "write p95 < 200ms", ""},
    {"p95", "a comparison is missing behind \"p95\"", "write p95 <, <=, > or >= and a limit",
     "p95"},
    {"p95 == 5ms", "a comparison is missing behind \"p95\"", "write p95 <, <=, > or >= and a limit",
     "=="},
    {"p95 <", "a limit is missing behind \"p95 <\"", kDuration, "p95 <"},
    {"p95 < 200", "200 has no unit", kDuration, "200"},
    {"p95 < 200 ms", "\"200 ms\" is not a duration", kDuration, "200 ms"},
    {"p95 < 5%", "\"5%\" is not a duration", kDuration, "5%"},
    {"error_rate < 0.01", "0.01 has no unit", kShare, "0.01"},
    {"error_rate < 150%", "an error rate of 150% cannot be",
     "a share of all requests is at most 100%", "150%"},
    {"requests_per_second > 5/s", "\"5/s\" is not a number",
     "write a plain number, requests per second, for example 100", "5/s"},
    {"requests > 1.5", "\"1.5\" is not a whole number", "write a whole number, for example 1000",
     "1.5"},
    {"failures < -1", "\"-1\" is not a whole number", "write a whole number, for example 1000",
     "-1"},
    {"eror_rate < 1%", "unknown metric \"eror_rate\"", "did you mean \"error_rate\"?", "eror_rate"},
    {"latency < 1ms", "unknown metric \"latency\"",
     "there are p50, p75, p90, p95, p99, p99.9, max, mean, error_rate, requests_per_second, "
     "requests, failures",
     "latency"},
    {"< 1ms", "a threshold begins with a metric",
     "there are p50, p75, p90, p95, p99, p99.9, max, mean, error_rate, requests_per_second, "
     "requests, failures",
     "<"},
    {"memory_growth < 5%", "\"memory_growth\" is not supported yet",
     "remove it: a later version will read it", "memory_growth"},
    {"server_timing.sql <= 3", "\"server_timing\" is not supported yet",
     "remove it: a later version will read it", "server_timing.sql"},
    {"p95 < baseline * 2", "\"baseline * 2\" is no limit", kBaseline, "baseline * 2"},
    {"p95 < baseline + 5ms", "\"5ms\" is not a share of the baseline", kBaseline, "5ms"},
    {"p95 < baseline +", "\"\" is not a share of the baseline", kBaseline, "baseline +"},
};

TEST(Threshold, RefusesWhatIsNone) {
  for (const Wrong& wrong : kWrong) {
    const auto made = parse_threshold(wrong.text);
    ASSERT_FALSE(made.has_value()) << wrong.text;
    EXPECT_EQ(made.error().text, wrong.error);
    EXPECT_EQ(made.error().hint, wrong.hint) << wrong.text;
    if (wrong.underlined.empty()) continue;
    EXPECT_EQ(wrong.text.substr(made.error().offset, made.error().length), wrong.underlined);
  }
}

TEST(Metric, NamesAreReadBack) {
  for (const Metric metric : {Metric::p50, Metric::p999, Metric::max, Metric::failures}) {
    EXPECT_EQ(metric_named(name_of(metric)), metric);
  }
  EXPECT_EQ(metric_named("p42"), std::nullopt);
}

TEST(Metric, KnowsItsKind) {
  EXPECT_TRUE(is_latency(Metric::mean));
  EXPECT_FALSE(is_latency(Metric::error_rate));
  EXPECT_DOUBLE_EQ(rank_of(Metric::p999), 0.999);
}

}  // namespace
}  // namespace loadgate::plan
