#include "report/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "base/units.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kCommitLength = 10;
constexpr std::size_t kCommitsShown = 3;

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

// "2026-11-22" of "2026-11-22T03:04:05Z".
std::string day_of(std::string_view date) { return std::string(date.substr(0, date.find('T'))); }

std::string commits_text(const std::vector<std::string>& commits) {
  if (commits.empty()) return {};
  std::string text = commits.size() == 1 ? "commit " : "commits ";
  for (std::size_t i = 0; i < std::min(commits.size(), kCommitsShown); ++i) {
    if (i > 0) text += ", ";
    text += truncated(commits[i], kCommitLength);
  }
  if (commits.size() > kCommitsShown) {
    text += fmt::format(" and {} more", commits.size() - kCommitsShown);
  }
  return text;
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

std::string_view metric_text(gate::ComparedMetric metric) {
  if (metric == gate::ComparedMetric::cpu_per_request) return "CPU per request";
  return metric == gate::ComparedMetric::error_rate ? "error rate" : gate::name_of(metric);
}

Against against_of(const gate::Verdict& verdict) {
  return verdict.duet ? Against::base_build : Against::stored_runs;
}

std::string_view opponent_of(Against against) {
  return against == Against::base_build ? "the base build" : "the baseline";
}

std::string_view units_title(Against against) {
  return against == Against::base_build ? "epochs" : "baseline runs";
}

int units_of(const gate::ComparisonFinding& finding, Against against) {
  return against == Against::base_build ? finding.epochs : finding.baseline_runs;
}

std::string name_of(const plan::Threshold& threshold) {
  return threshold.request.empty() ? threshold.text : threshold.text + " of " + threshold.request;
}

std::string name_of(const gate::ComparisonFinding& finding, Against against) {
  return fmt::format("{} of {} against {}", metric_text(finding.metric), finding.request,
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

std::string compared_with(const gate::BaselineInfo& baseline, const metrics::Environment& machine) {
  std::string text = fmt::format("{} of {} in {}", baseline.runs_matching,
                                 count_of(static_cast<std::uint64_t>(baseline.runs_found), "run"),
                                 baseline.folder);
  if (baseline.runs_matching == 0) return text;
  text += baseline.is_same_boot
              ? std::string(", of this boot")
              : ", " + count_of(static_cast<std::uint64_t>(baseline.units), "boot");
  if (!baseline.oldest.empty()) {
    const std::string first = day_of(baseline.oldest);
    const std::string last = day_of(baseline.newest);
    text += ", " + first;
    if (last != first) text += " to " + last;
  }
  const std::string commits = commits_text(baseline.commits);
  if (!commits.empty()) text += ", " + commits;
  return text + ", on " + machine.text();
}

std::string compared_with(const gate::DuetInfo& duet) {
  std::string text = fmt::format(
      "{} of {} epochs of {}, {}, {}/s for each side, base: {}", duet.epochs, duet.most_epochs,
      seconds_text(duet.epoch_length),
      duet.restarts ? "each build started anew in each" : "both builds running all the while",
      rate_text(duet.rate), duet.base);
  if (!duet.head.empty()) text += ", head: " + duet.head;
  return text;
}

std::string death_text(const gate::DuetInfo& duet) {
  return duet.head_died.empty() ? "" : "the head build died under load: " + duet.head_died;
}

std::string uncompared_text(const gate::Verdict& verdict) {
  const bool is_asked = verdict.duet || verdict.baseline;
  const bool is_compared =
      std::any_of(verdict.comparisons.begin(), verdict.comparisons.end(),
                  [](const auto& finding) { return finding.weight != gate::Weight::shown; });
  if (!is_asked || is_compared) return {};
  if (verdict.baseline && !verdict.baseline->note.empty()) return verdict.baseline->note;
  return verdict.sentence;
}

std::string name_of(const gate::ServiceRow& service, Against against) {
  std::string name = service.name;
  if (against == Against::base_build) {
    name += service.side == metrics::Side::base ? ", base" : ", head";
  }
  return service.is_judged ? name : name + " (not judged)";
}

std::string cpu_per_request_text(const gate::ServiceRow& service) {
  return service.cpu_per_request ? format_latency(*service.cpu_per_request) : "–";
}

std::string cpu_share_text(const gate::ServiceRow& service) {
  return service.cpu_share ? format_share(*service.cpu_share) : "–";
}

std::string memory_text(std::uint64_t bytes) { return bytes == 0 ? "–" : format_size(bytes); }

std::string use_text(const gate::ServiceRow& service) {
  std::string text = fmt::format(
      "{} CPU per request, {} of the machine's CPU, memory {} at the beginning, {} at the end, {} "
      "at most",
      cpu_per_request_text(service), cpu_share_text(service), memory_text(service.memory_begin),
      memory_text(service.memory_end), memory_text(service.memory_max));
  if (!service.trouble.empty()) text += fmt::format(" ({})", service.trouble);
  return text;
}

std::string machine_text(const metrics::MachineShares& machine) {
  return fmt::format(
      "{} busy ({} by loadgate), {} taken by other guests, a task waited for a CPU {} of the time",
      format_share(machine.busy), format_share(machine.own), format_share(machine.stolen),
      format_share(machine.pressure));
}

std::string_view role_text(plan::Role role) {
  switch (role) {
    case plan::Role::on_start:
      return "on start";
    case plan::Role::on_stop:
      return "on stop";
    case plan::Role::task:
      break;
  }
  return {};
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
