#pragma once

// A limit on one metric of the run, with its place in the plan. Plain values;
// parse_threshold is pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "base/clock.h"
#include "base/place.h"

namespace loadgate::plan {

enum class Metric : std::uint8_t {
  p50,
  p75,
  p90,
  p95,
  p99,
  p999,
  max,
  mean,        // Response times, in nanoseconds.
  error_rate,  // A share, 0 to 1.
  requests_per_second,
  requests,  // A count.
  failures,  // A count.
};
std::string_view name_of(Metric metric);  // "p95", "p99.9", "error_rate", …
std::optional<Metric> metric_named(std::string_view name);
bool is_latency(Metric metric);

// The share of samples at or below a percentile metric (0.95 for p95); REQUIRES a
// percentile.
double rank_of(Metric metric);

enum class Comparison : std::uint8_t { less, less_or_equal, greater, greater_or_equal };

struct Threshold {
  std::string text;  // As written, blanks made single: "p95 < 200ms".
  Metric metric = Metric::p95;
  Comparison comparison = Comparison::less;
  // In the metric's unit: nanoseconds, share, per second, count. With
  // `relative_to_baseline`, what is added to the baseline: a share of it ("+ 20%",
  // 0.2), or for error_rate percentage points as a share.
  double limit = 0;
  bool relative_to_baseline = false;
  std::string request;  // Empty: all requests together.
  std::string stage;    // Empty: all judged stages, each part held.
  bool aborts = false;
  Nanoseconds after{};  // Abort not before this much of the run has passed.
  Place place;
};

struct ThresholdError {
  std::size_t offset = 0, length = 1;  // Within the text.
  std::string text, hint;
};

// "p95 < 200ms", "error_rate <= 1%", "requests_per_second > 100",
// "p95 <= baseline + 20%". Fills text, metric, comparison, limit and
// relative_to_baseline.
tl::expected<Threshold, ThresholdError> parse_threshold(std::string_view text);

}  // namespace loadgate::plan
