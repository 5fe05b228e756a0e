#include "report/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/units.h"

namespace loadgate::report {
namespace {

std::string with_commas(std::string digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  for (std::size_t i = point; i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

// Without an exponent and locale, three digits that count.
std::string three_digits(double value, int most_decimals) {
  if (!std::isfinite(value)) return "–";
  const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
  return with_commas(fmt::format("{:.{}f}", value, std::min(decimals, most_decimals)));
}

Nanoseconds whole_ns(double value) {
  constexpr double kLongest = 9e18;  // Stored files may hold any number.
  return Nanoseconds(static_cast<Nanoseconds::rep>(std::clamp(value, 0.0, kLongest)));
}

}  // namespace

std::string_view sign_of(gate::Outcome outcome) {
  switch (outcome) {
    case gate::Outcome::pass:
      return "✓";
    case gate::Outcome::fail:
      return "✗";
    case gate::Outcome::inconclusive:
      break;
  }
  return "?";
}

std::string_view sign_of(gate::Conclusion conclusion) {
  switch (conclusion) {
    case gate::Conclusion::passed:
      return "✓";
    case gate::Conclusion::regression:
    case gate::Conclusion::threshold_missed:
      return "✗";
    case gate::Conclusion::inconclusive:
      return "?";
    case gate::Conclusion::invalid:
    case gate::Conclusion::interrupted:
      break;
  }
  return "!";
}

std::string_view headline_of(gate::Conclusion conclusion) {
  switch (conclusion) {
    case gate::Conclusion::passed:
      return "Passed";
    case gate::Conclusion::regression:
      return "Regression";
    case gate::Conclusion::threshold_missed:
      return "Threshold missed";
    case gate::Conclusion::invalid:
      return "Invalid run";
    case gate::Conclusion::inconclusive:
      return "Inconclusive";
    case gate::Conclusion::interrupted:
      break;
  }
  return "Interrupted";
}

std::string_view word_of(gate::Outcome outcome) {
  switch (outcome) {
    case gate::Outcome::pass:
      return "held";
    case gate::Outcome::fail:
      return "failed";
    case gate::Outcome::inconclusive:
      break;
  }
  return "inconclusive";
}

std::string count_text(std::uint64_t count) { return with_commas(std::to_string(count)); }

std::string ms_text(Nanoseconds time) { return three_digits(milliseconds(time), 3); }

std::string rate_text(double per_second) { return three_digits(per_second, 2); }

std::string seconds_text(Nanoseconds time) {
  const double value = seconds(time);
  const bool is_whole = time.count() % 1'000'000'000 == 0;
  return with_commas(fmt::format("{:.{}f}", value, is_whole || value >= 1000 ? 0 : 1)) + " s";
}

std::string measured_text(const gate::ThresholdFinding& finding) {
  return finding.measured ? value_text(finding.threshold.metric, *finding.measured)
                          : "not measured";
}

std::string value_text(plan::Metric metric, double value) {
  if (plan::is_latency(metric)) return format_latency(whole_ns(value));
  if (metric == plan::Metric::error_rate) return format_share(value);
  if (metric == plan::Metric::requests_per_second) return rate_text(value) + "/s";
  return count_text(static_cast<std::uint64_t>(std::clamp(value, 0.0, 1e18)));
}

std::string level_text(gate::ComparedMetric metric, double level) {
  switch (metric) {
    case gate::ComparedMetric::cpu_per_request:
    case gate::ComparedMetric::p50:
    case gate::ComparedMetric::p95:
    case gate::ComparedMetric::p99:
      return format_latency(whole_ns(level));
    case gate::ComparedMetric::error_rate:
      return format_share(level);
    case gate::ComparedMetric::throughput:
      break;
  }
  return rate_text(level) + "/s";
}

// As the gate's sentences have it, so that table and sentence show the same number; in
// tables percentage points are short.
std::string change_text(gate::ComparedMetric metric, double change) {
  if (metric == gate::ComparedMetric::error_rate) return fmt::format("{:+.2f} pp", change * 100);
  // `change` is positive where head is worse, so a lower throughput is.
  const double multiple = metric == gate::ComparedMetric::throughput ? 1 - change : 1 + change;
  return fmt::format("×{:.{}f}", multiple, multiple >= 9.95 ? 0 : multiple >= 1.995 ? 1 : 2);
}

std::string limit_text(const gate::ComparisonFinding& finding) {
  return change_text(finding.metric, finding.fail_line);
}

std::string interval_text(const gate::ComparisonFinding& finding) {
  std::string from = change_text(finding.metric, finding.change_low);
  std::string to = change_text(finding.metric, finding.change_high);
  // The most harmful end of a throughput is the lowest.
  if (finding.metric == gate::ComparedMetric::throughput) std::swap(from, to);
  return from + " to " + to;
}

std::string name_of(const plan::Threshold& threshold) {
  return threshold.request.empty() ? threshold.text : threshold.text + " of " + threshold.request;
}

std::string name_of(const gate::ComparisonFinding& finding, Against against) {
  return fmt::format("{} of {} against {}", words_for(finding.metric), finding.request,
                     against == Against::base_build ? "base" : "baseline");
}

std::string p_text(double p) { return p < 0.0001 ? "<0.0001" : fmt::format("{:.4f}", p); }

std::string doubt_text(const gate::ComparisonFinding& finding) {
  if (finding.outcome != gate::Outcome::inconclusive) return {};
  std::string text(gate::name_of(finding.cause));
  if (finding.sees > 0) {
    const std::string smallest = change_text(finding.metric, finding.sees);
    text += fmt::format("; sees {} and {}", smallest,
                        finding.metric == gate::ComparedMetric::throughput ? "less" : "more");
  }
  if (!finding.advice.empty()) text += "; " + settled_by(finding);
  return text;
}

std::string settled_by(const gate::ComparisonFinding& finding) {
  return finding.advice.empty() ? "" : "would settle it: " + finding.advice;
}

std::string_view role_name(plan::Role role) {
  switch (role) {
    case plan::Role::on_start:
      return "on start";
    case plan::Role::on_stop:
      return "on stop";
    case plan::Role::task:
      break;
  }
  return "task";
}

std::string_view role_text(plan::Role role) {
  return role == plan::Role::task ? std::string_view() : role_name(role);
}

std::string count_of(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count_text(count), noun, count == 1 ? "" : "s");
}

std::string load_text(const metrics::StageInfo& stage) {
  return stage.load == plan::Load::rate ? rate_text(stage.rate) + "/s"
                                        : count_of(stage.users, "user");
}

std::string judged_text(const metrics::StageInfo& stage) {
  if (stage.is_warmup) return "warm-up";
  if (!stage.is_judged()) return "nothing held";
  return fmt::format("{} to {}", seconds_text(stage.held.from), seconds_text(stage.held.to));
}

}  // namespace loadgate::report
