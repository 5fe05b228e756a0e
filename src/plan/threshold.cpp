#include "plan/threshold.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "base/units.h"
#include "plan/not_yet.h"

namespace loadgate::plan {
namespace {

// In what a metric's limits are written.
enum class Unit : std::uint8_t { time, share, per_second, count };

struct MetricRow {
  Metric metric;
  std::string_view name;
  Unit unit;
  double rank;  // 0: no percentile.
};

constexpr std::array<MetricRow, 12> kMetrics{{
    {Metric::p50, "p50", Unit::time, 0.50},
    {Metric::p75, "p75", Unit::time, 0.75},
    {Metric::p90, "p90", Unit::time, 0.90},
    {Metric::p95, "p95", Unit::time, 0.95},
    {Metric::p99, "p99", Unit::time, 0.99},
    {Metric::p999, "p99.9", Unit::time, 0.999},
    {Metric::max, "max", Unit::time, 0},
    {Metric::mean, "mean", Unit::time, 0},
    {Metric::error_rate, "error_rate", Unit::share, 0},
    {Metric::requests_per_second, "requests_per_second", Unit::per_second, 0},
    {Metric::requests, "requests", Unit::count, 0},
    {Metric::failures, "failures", Unit::count, 0},
}};

// Metrics of the plan language that later versions bring.
constexpr std::array<std::string_view, 3> kLaterMetrics{"memory_growth", "server_timing",
                                                        "cpu_per_request"};

struct ComparisonRow {
  std::string_view sign;
  Comparison comparison;
};

// Longer signs first, so that "<=" is not read as "<".
constexpr std::array<ComparisonRow, 4> kComparisons{{
    {"<=", Comparison::less_or_equal},
    {">=", Comparison::greater_or_equal},
    {"<", Comparison::less},
    {">", Comparison::greater},
}};

const MetricRow& row_of(Metric metric) {
  const auto row = std::find_if(kMetrics.begin(), kMetrics.end(), [&](const MetricRow& candidate) {
    return candidate.metric == metric;
  });
  assert(row != kMetrics.end());
  return *row;
}

std::string_view example_of(Unit unit) {
  switch (unit) {
    case Unit::time:
      return "write a duration with its unit, for example 200ms";
    case Unit::share:
      return "write a share with its unit, for example 1%";
    case Unit::per_second:
      return "write a plain number, requests per second, for example 100";
    case Unit::count:
      return "write a whole number, for example 1000";
  }
  return {};
}

std::string_view kind_of(Unit unit) {
  switch (unit) {
    case Unit::time:
      return "a duration";
    case Unit::share:
      return "a share";
    case Unit::per_second:
      return "a number";
    case Unit::count:
      return "a whole number";
  }
  return {};
}

// A limit in the metric's unit, or nothing.
std::optional<double> limit_in(Unit unit, std::string_view text) {
  if (unit == Unit::time) {
    const auto time = parse_duration(text);
    return time ? std::optional(static_cast<double>(time->count())) : std::nullopt;
  }
  if (unit == Unit::share) return parse_share(text);
  const auto number = parse_number(text);
  if (!number || *number < 0) return std::nullopt;
  if (unit == Unit::count && *number != std::floor(*number)) return std::nullopt;
  return number;
}

class ThresholdParser {
 public:
  explicit ThresholdParser(std::string_view text) : text_(text), rest_(trimmed(text)) {}

  tl::expected<Threshold, ThresholdError> parse() {
    if (rest_.empty()) return error(text_, "the threshold is empty", "write p95 < 200ms");
    if (const auto wrong = take_metric()) return tl::unexpected(*wrong);
    if (const auto wrong = take_comparison()) return tl::unexpected(*wrong);
    if (const auto wrong = take_limit()) return tl::unexpected(*wrong);
    return made_;
  }

 private:
  using Wrong = std::optional<ThresholdError>;

  tl::unexpected<ThresholdError> error(std::string_view at, std::string text,
                                       std::string_view hint) const {
    const auto offset = static_cast<std::size_t>(at.data() - text_.data());
    return tl::unexpected(ThresholdError{offset, std::max<std::size_t>(at.size(), 1),
                                         std::move(text), std::string(hint)});
  }
  Wrong wrong(std::string_view at, std::string text, std::string_view hint) const {
    return error(at, std::move(text), hint).value();
  }

  void skip(std::size_t length) { rest_ = trimmed(rest_.substr(length)); }

  Wrong take_metric() {
    const std::string_view word = rest_.substr(0, rest_.find_first_of(" \t<>=!"));
    const auto metric = metric_named(word);
    if (!metric) return unknown_metric(word);
    made_.metric = *metric;
    made_.text = word;
    skip(word.size());
    return std::nullopt;
  }

  Wrong unknown_metric(std::string_view word) const {
    const std::string_view first = word.substr(0, word.find('.'));
    for (const std::string_view later : kLaterMetrics) {
      if (first == later)
        return wrong(word, fmt::format("\"{}\" is not supported yet", later), kRemoveIt);
    }
    std::vector<std::string> names;
    names.reserve(std::size(kMetrics));
    for (const MetricRow& row : kMetrics) names.emplace_back(row.name);
    const auto meant = closest(word, names);
    return wrong(word.empty() ? rest_.substr(0, 1) : word,
                 word.empty() ? "a threshold begins with a metric"
                              : fmt::format("unknown metric \"{}\"", word),
                 meant ? fmt::format("did you mean \"{}\"?", *meant)
                       : fmt::format("there are {}", fmt::join(names, ", ")));
  }

  Wrong take_comparison() {
    for (const ComparisonRow& row : kComparisons) {
      if (!rest_.starts_with(row.sign)) continue;
      made_.comparison = row.comparison;
      made_.text += fmt::format(" {}", row.sign);
      skip(row.sign.size());
      return std::nullopt;
    }
    const std::string_view at = rest_.empty() ? text_ : rest_.substr(0, rest_.find(' '));
    return wrong(at, fmt::format("a comparison is missing behind \"{}\"", made_.text),
                 fmt::format("write {} <, <=, > or >= and a limit", made_.text));
  }

  Wrong take_limit() {
    const Unit unit = row_of(made_.metric).unit;
    if (rest_.empty()) {
      return wrong(text_, fmt::format("a limit is missing behind \"{}\"", made_.text),
                   example_of(unit));
    }
    if (rest_.starts_with("baseline")) return take_baseline();
    const auto limit = limit_in(unit, rest_);
    if (!limit) return wrong_limit(unit);
    if (unit == Unit::share && *limit > 1) {
      return wrong(rest_, fmt::format("an error rate of {} cannot be", rest_),
                   "a share of all requests is at most 100%");
    }
    made_.limit = *limit;
    made_.text += fmt::format(" {}", rest_);
    return std::nullopt;
  }

  Wrong wrong_limit(Unit unit) const {
    const bool lacks_unit =
        (unit == Unit::time || unit == Unit::share) && parse_number(rest_).has_value();
    return wrong(rest_,
                 lacks_unit ? fmt::format("{} has no unit", rest_)
                            : fmt::format("\"{}\" is not {}", rest_, kind_of(unit)),
                 example_of(unit));
  }

  Wrong take_baseline() {
    constexpr std::string_view kHint = "write baseline, or baseline + 20%";
    const std::string_view whole = rest_;
    made_.relative_to_baseline = true;
    made_.text += " baseline";
    skip(std::string_view("baseline").size());
    if (rest_.empty()) return std::nullopt;
    const char sign = rest_.front();
    if (sign != '+' && sign != '-') {
      return wrong(whole, fmt::format("\"{}\" is no limit", whole), kHint);
    }
    skip(1);
    const auto share = parse_share(rest_);
    if (!share) {
      return wrong(rest_.empty() ? whole : rest_,
                   fmt::format("\"{}\" is not a share of the baseline", rest_), kHint);
    }
    made_.limit = sign == '-' ? -*share : *share;
    made_.text += fmt::format(" {} {}", sign, rest_);
    return std::nullopt;
  }

  std::string_view text_;
  std::string_view rest_;  // What is not read yet, without blanks around it.
  Threshold made_;
};

}  // namespace

std::string_view name_of(Metric metric) { return row_of(metric).name; }

std::optional<Metric> metric_named(std::string_view name) {
  for (const MetricRow& row : kMetrics) {
    if (row.name == name) return row.metric;
  }
  return std::nullopt;
}

bool is_latency(Metric metric) { return row_of(metric).unit == Unit::time; }

double rank_of(Metric metric) {
  const double rank = row_of(metric).rank;
  assert(rank > 0);
  return rank;
}

tl::expected<Threshold, ThresholdError> parse_threshold(std::string_view text) {
  return ThresholdParser(text).parse();
}

}  // namespace loadgate::plan
