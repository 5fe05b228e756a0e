// Thresholds: plain limits on what the held parts of the stages measured.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/units.h"
#include "gate/explain.h"
#include "gate/judge.h"
#include "gate/statistics.h"
#include "gate/stored_units.h"

namespace loadgate::gate {
namespace {

// What was measured where a threshold looks.
struct Measured {
  metrics::Tally tally;
  double held_seconds = 0;
};

bool looks_at(const plan::Threshold& threshold, const metrics::StageInfo& stage) {
  if (!threshold.stage.empty()) return stage.name == threshold.stage;
  return stage.is_judged();
}

bool looks_at(const plan::Threshold& threshold, const plan::RequestName& request) {
  return request.role == plan::Role::task &&
         (threshold.request.empty() || threshold.request == request.text);
}

Measured measure(const plan::Threshold& threshold, const metrics::Judging& judging,
                 std::span<const metrics::Series> series) {
  Measured measured;
  for (const metrics::StageInfo& stage : judging.stages) {
    if (looks_at(threshold, stage)) measured.held_seconds += seconds(stage.held.length());
  }
  for (const metrics::Series& one : series) {
    if (one.key.side != metrics::Side::head || one.key.stage >= judging.stages.size() ||
        one.key.request_name >= judging.requests.size()) {
      continue;
    }
    if (looks_at(threshold, judging.stages[one.key.stage]) &&
        looks_at(threshold, judging.requests[one.key.request_name])) {
      measured.tally.merge(one.held);
    }
  }
  return measured;
}

std::optional<double> latency_of(plan::Metric metric, const metrics::Histogram& times) {
  if (times.empty()) return std::nullopt;
  if (metric == plan::Metric::max) return static_cast<double>(times.max().count());
  if (metric == plan::Metric::mean) return static_cast<double>(times.mean().count());
  return static_cast<double>(times.quantile(plan::rank_of(metric)).count());
}

std::optional<double> value_of(plan::Metric metric, const Measured& measured) {
  const metrics::Tally& tally = measured.tally;
  switch (metric) {
    case plan::Metric::error_rate:
      if (tally.requests == 0) return std::nullopt;
      return tally.error_rate();
    case plan::Metric::requests_per_second:
      if (!(measured.held_seconds > 0)) return std::nullopt;
      return static_cast<double>(tally.requests) / measured.held_seconds;
    case plan::Metric::requests:
      return static_cast<double>(tally.requests);
    case plan::Metric::failures:
      return static_cast<double>(tally.failures());
    default:
      return latency_of(metric, tally.response_times);
  }
}

// The same of a stored run, from the series of the stages a threshold looks at. Its
// quantiles of one stage are exact; several stages are joined from coarser bins.
std::optional<double> value_of(plan::Metric metric,
                               const std::vector<const metrics::DigestSeries*>& parts) {
  if (parts.size() == 1) {
    const metrics::DigestSeries& only = *parts.front();
    const auto time = [&](Nanoseconds value) -> std::optional<double> {
      if (only.response_times.empty()) return std::nullopt;
      return static_cast<double>(value.count());
    };
    if (metric == plan::Metric::p50) return time(only.p50);
    if (metric == plan::Metric::p95) return time(only.p95);
    if (metric == plan::Metric::p99) return time(only.p99);
  }
  Measured joined;
  for (const metrics::DigestSeries* part : parts) {
    joined.tally.requests += part->requests;
    joined.tally.errors[static_cast<std::size_t>(metrics::ErrorKind::unexpected_status)] +=
        part->failures;
    joined.tally.response_times.merge(part->response_times);
    if (part->per_second > 0) {
      joined.held_seconds += static_cast<double>(part->requests) / part->per_second;
    }
  }
  return value_of(metric, joined);
}

// The level of the stored runs that carried the same load in all places a threshold
// looks at; nothing where no run did.
class StoredLevels {
 public:
  StoredLevels(const metrics::Judging& judging, std::span<const metrics::Series> series,
               const Baseline& baseline)
      : baseline_(baseline) {
    metrics::RunResult partial;
    partial.judging = judging;
    partial.series.assign(series.begin(), series.end());
    head_ = metrics::digest_of(partial);
  }

  std::optional<double> level(const plan::Threshold& threshold) const {
    std::vector<const metrics::DigestSeries*> looked_at;
    const std::string_view request =
        threshold.request.empty() ? metrics::kAllRequests : std::string_view(threshold.request);
    for (const metrics::DigestSeries& one : head_.series) {
      const bool is_there = threshold.stage.empty() || threshold.stage == one.stage;
      if (is_there && one.request == request) looked_at.push_back(&one);
    }
    std::vector<double> values;
    for (const metrics::RunDigest& run : baseline_.runs) {
      if (const auto value = value_in(run, looked_at, threshold.metric)) values.push_back(*value);
    }
    return average(threshold.metric, std::move(values));
  }

 private:
  static std::optional<double> value_in(const metrics::RunDigest& run,
                                        const std::vector<const metrics::DigestSeries*>& looked_at,
                                        plan::Metric metric) {
    std::vector<const metrics::DigestSeries*> parts;
    for (const metrics::DigestSeries* one : looked_at) {
      if (const auto* found = series_like(*one, run)) parts.push_back(found);
    }
    if (parts.empty() || parts.size() != looked_at.size()) return std::nullopt;
    return value_of(metric, parts);
  }

  // Geometric, as levels are compared by their ratio; rates and counts of failures may
  // be zero and are averaged as they are.
  static std::optional<double> average(plan::Metric metric, std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());  // So that no sum depends on the order of files.
    if (metric == plan::Metric::error_rate || metric == plan::Metric::failures ||
        values.front() <= 0) {
      return mean(values);
    }
    for (double& value : values) value = std::log(value);
    return std::exp(mean(values));
  }

  const Baseline& baseline_;
  metrics::RunDigest head_;
};

double limit_above(double level, const plan::Threshold& threshold) {
  if (threshold.metric == plan::Metric::error_rate) return level + threshold.limit;
  return level * (1 + threshold.limit);
}

bool holds(double measured, plan::Comparison comparison, double limit) {
  switch (comparison) {
    case plan::Comparison::less:
      return measured < limit;
    case plan::Comparison::less_or_equal:
      return measured <= limit;
    case plan::Comparison::greater:
      return measured > limit;
    case plan::Comparison::greater_or_equal:
      return measured >= limit;
  }
  return false;
}

std::string_view side_of(plan::Comparison comparison) {
  switch (comparison) {
    case plan::Comparison::less:
      return "below";
    case plan::Comparison::less_or_equal:
      return "at most";
    case plan::Comparison::greater:
      return "above";
    case plan::Comparison::greater_or_equal:
      return "at least";
  }
  return "";
}

std::string format_value(plan::Metric metric, double value) {
  constexpr double kLongestTime = 9e18;  // Nanoseconds that still fit.
  if (plan::is_latency(metric)) {
    return format_latency(Nanoseconds(std::llround(std::clamp(value, 0.0, kLongestTime))));
  }
  if (metric == plan::Metric::error_rate) return format_share(value);
  if (metric == plan::Metric::requests_per_second) return format_rate(value);
  return fmt::format("{:.10g}", value);
}

// Without rounding, for a value so near its limit that both would read the same.
std::string format_exactly(plan::Metric metric, double value) {
  if (plan::is_latency(metric)) return fmt::format("{:.10g} ms", value / 1e6);
  if (metric == plan::Metric::error_rate) return fmt::format("{:.10g} %", value * 100);
  if (metric == plan::Metric::requests_per_second) return fmt::format("{:.10g}/s", value);
  return fmt::format("{:.10g}", value);
}

std::string place_of(const plan::Threshold& threshold) {
  std::string text;
  if (!threshold.request.empty()) text += " of " + threshold.request;
  if (!threshold.stage.empty()) text += " in stage " + threshold.stage;
  return text;
}

std::string explain_unmeasured(const plan::Threshold& threshold, const Measured& measured) {
  const std::string_view what = measured.tally.requests > 0 ? "answered" : "sent";
  return fmt::format("{} is not known: no request{} was {} while the load was held.",
                     name_of(threshold.metric), place_of(threshold), what);
}

std::string explain_measured(const ThresholdFinding& finding) {
  const plan::Threshold& threshold = finding.threshold;
  std::string measured = format_value(threshold.metric, *finding.measured);
  std::string limit = format_value(threshold.metric, finding.limit);
  if (measured == limit && *finding.measured != finding.limit) {
    measured = format_exactly(threshold.metric, *finding.measured);
    limit = format_exactly(threshold.metric, finding.limit);
  }
  return fmt::format("{}{} was {}, {}{} {}.", name_of(threshold.metric), place_of(threshold),
                     measured, finding.outcome == Outcome::fail ? "not " : "",
                     side_of(threshold.comparison), limit);
}

ThresholdFinding check(const plan::Threshold& threshold, const Measured& measured,
                       std::optional<double> limit) {
  ThresholdFinding finding;
  finding.threshold = threshold;
  finding.stage = threshold.stage;
  finding.measured = value_of(threshold.metric, measured);
  finding.limit = limit.value_or(0);
  if (!finding.measured) {
    finding.outcome = Outcome::fail;
    finding.explanation = explain_unmeasured(threshold, measured);
  } else if (!limit) {
    finding.outcome = Outcome::inconclusive;
    finding.explanation =
        fmt::format("{}{} was {}, but no stored run of this machine and load gives it a limit.",
                    name_of(threshold.metric), place_of(threshold),
                    format_value(threshold.metric, *finding.measured));
  } else {
    finding.outcome =
        holds(*finding.measured, threshold.comparison, *limit) ? Outcome::pass : Outcome::fail;
    finding.explanation = explain_measured(finding);
  }
  return finding;
}

}  // namespace

std::vector<ThresholdFinding> check_thresholds(const metrics::Judging& judging,
                                               std::span<const metrics::Series> series,
                                               const std::optional<Baseline>& baseline) {
  const bool is_relative =
      std::any_of(judging.thresholds.begin(), judging.thresholds.end(),
                  [](const plan::Threshold& one) { return one.relative_to_baseline; });
  std::optional<StoredLevels> stored;
  if (is_relative && baseline) stored.emplace(judging, series, *baseline);

  std::vector<ThresholdFinding> findings;
  for (const plan::Threshold& threshold : judging.thresholds) {
    std::optional<double> limit;
    if (!threshold.relative_to_baseline) {
      limit = threshold.limit;
    } else if (stored) {
      if (const auto level = stored->level(threshold)) limit = limit_above(*level, threshold);
    }
    findings.push_back(check(threshold, measure(threshold, judging, series), limit));
  }
  return findings;
}

}  // namespace loadgate::gate
