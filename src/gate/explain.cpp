#include "gate/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace loadgate::gate {
namespace {

constexpr double kLongestTime = 9e18;  // Nanoseconds that still fit.

std::string subject_of(const ComparisonFinding& finding, NameStage stage) {
  std::string text = fmt::format("{} of {}", words_for(finding.metric), finding.request);
  if (stage == NameStage::yes) text += fmt::format(" in stage {}", finding.stage);
  return text;
}

std::string sees(const ComparisonFinding& finding) {
  return fmt::format("this comparison sees {} and more",
                     format_change(finding.metric, finding.sees));
}

std::string explain_shown(const ComparisonFinding& finding, const std::string& subject) {
  if (finding.cause == Cause::no_matching_baseline &&
      finding.metric == ComparedMetric::cpu_per_request) {
    return fmt::format(
        "{} was not measured in a stored run with the same load, so it is only shown.", subject);
  }
  if (finding.cause == Cause::no_matching_baseline) {
    return fmt::format("{} has no stored run with the same load, so it is only shown.", subject);
  }
  if (finding.cause == Cause::none) {
    return fmt::format("{} {}; it is no suspect, so it is only shown.", subject,
                       describe_change(finding));
  }
  return fmt::format("{} has too few requests in the stored runs to say anything.", subject);
}

std::string explain_inconclusive(const ComparisonFinding& finding, const std::string& subject) {
  if (finding.head <= 0 && finding.metric != ComparedMetric::error_rate) {
    return fmt::format("{} could not be compared: no request was answered.", subject);
  }
  return fmt::format("{} is undecided ({}): it {}; {}.", subject, name_of(finding.cause),
                     describe_change(finding), sees(finding));
}

}  // namespace

std::string format_rate(double per_second) {
  if (per_second >= 99.95) return fmt::format("{:.0f}/s", per_second);
  return fmt::format("{:.3g}/s", per_second);
}

std::string format_level(ComparedMetric metric, double value) {
  switch (metric) {
    case ComparedMetric::error_rate:
      return format_share(value);
    case ComparedMetric::throughput:
      return format_rate(value);
    default:
      return format_latency(Nanoseconds(std::llround(std::clamp(value, 0.0, kLongestTime))));
  }
}

std::string format_change(ComparedMetric metric, double change) {
  if (metric == ComparedMetric::error_rate) return fmt::format("{:+.2g} points", change * 100);
  const double ratio = metric == ComparedMetric::throughput ? 1 - change : 1 + change;
  if (ratio >= 9.95) return fmt::format("×{:.0f}", ratio);
  if (ratio >= 1.995) return fmt::format("×{:.1f}", ratio);
  return fmt::format("×{:.2f}", ratio);
}

std::string describe_change(const ComparisonFinding& finding) {
  const std::string base = format_level(finding.metric, finding.base);
  const std::string head = format_level(finding.metric, finding.head);
  if (base == head) return fmt::format("stayed at {}", base);
  return fmt::format("{} from {} to {} ({})", finding.head > finding.base ? "rose" : "fell", base,
                     head, format_change(finding.metric, finding.change));
}

std::string explain(const ComparisonFinding& finding, NameStage stage) {
  const std::string subject = subject_of(finding, stage);
  if (finding.weight == Weight::shown) return explain_shown(finding, subject);
  if (finding.outcome == Outcome::inconclusive) return explain_inconclusive(finding, subject);
  if (finding.outcome == Outcome::pass) {
    return fmt::format("{} {}; at worst {}, below the limit of {}.", subject,
                       describe_change(finding), format_change(finding.metric, finding.change_high),
                       format_change(finding.metric, finding.pass_line));
  }
  return fmt::format(
      "{} {} from {} to {} ({}, limit {}).", subject, finding.head > finding.base ? "rose" : "fell",
      format_level(finding.metric, finding.base), format_level(finding.metric, finding.head),
      format_change(finding.metric, finding.change),
      format_change(finding.metric, finding.fail_line));
}

std::string explain_unconfirmed(const ComparisonFinding& finding, const ComparisonFinding* other,
                                NameStage stage) {
  const std::string subject = subject_of(finding, stage);
  const auto level = [](const ComparisonFinding& one) {
    return fmt::format("{} ({})", format_level(one.metric, one.head),
                       format_change(one.metric, one.change));
  };
  if (finding.outcome != Outcome::fail) {
    return fmt::format("{} is {} in this run, but {} in the one beside it: not confirmed.", subject,
                       level(finding), describe_change(*other));
  }
  if (other == nullptr) {
    return fmt::format("{} {}, but was not asked for in the run beside this one: not confirmed.",
                       subject, describe_change(finding));
  }
  return fmt::format("{} {}, but is {} in the run beside this one: not confirmed.", subject,
                     describe_change(finding), level(*other));
}

std::string explain_unasked(const ComparisonFinding& earlier, NameStage stage) {
  return fmt::format(
      "{} {} in the run beside this one, but was not asked for in this one: not "
      "confirmed.",
      subject_of(earlier, stage), describe_change(earlier));
}

}  // namespace loadgate::gate
