// Response times and throughput against stored runs: the error of predicting one more
// run of the same build from K units (verdict.md, "Against a stored baseline").

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "gate/chance.h"
#include "gate/stored_case.h"

namespace loadgate::gate {
namespace {

// What machines of one kind differ by from boot to boot, and one machine from run to
// run, until five units show it themselves.
constexpr double kPriorBetweenBoots = 0.12;
constexpr double kPriorWithinBoot = 0.05;
constexpr double kPriorDegrees = 20;
constexpr double kSmallestSpread = 0.02;

double level_of(const metrics::DigestSeries& series, ComparedMetric metric) {
  if (metric == ComparedMetric::throughput) return series.per_second;
  const Nanoseconds time = metric == ComparedMetric::p50 ? series.p50 : series.p95;
  return static_cast<double>(time.count());
}

std::optional<double> log_level(const metrics::DigestSeries& series, ComparedMetric metric) {
  const double level = level_of(series, metric);
  if (!(level > 0)) return std::nullopt;  // No response time was measured.
  return std::log(level);
}

double detect_of(ComparedMetric metric, const plan::Detect& detect) {
  // A saturated service that answers 30 % slower serves that much less.
  return metric == ComparedMetric::p95 ? detect.p95 : detect.p50;
}

double floor_of(ComparedMetric metric, double base, Nanoseconds latency_floor) {
  if (metric == ComparedMetric::throughput) return 0;
  return std::log1p(static_cast<double>(latency_floor.count()) / base);
}

// What a level would spread by if nothing but chance chose its requests, on average over
// both sides. Throughput counts thousands and has next to none.
double chance(const StoredCase& one) {
  if (one.finding.metric == ComparedMetric::throughput) return 0;
  const double share = one.finding.metric == ComparedMetric::p50 ? 0.5 : 0.95;
  std::vector<double> variances;
  const auto add = [&](const metrics::DigestSeries& series) {
    if (!series.response_times.empty()) {
      variances.push_back(sampling_variance(series.response_times, share));
    }
  };
  add(*one.head);
  for (const auto& group : one.units.groups) {
    for (const metrics::DigestSeries* series : group) add(*series);
  }
  std::sort(variances.begin(), variances.end());
  return variances.empty() ? 0 : mean(variances);
}

// With fewer than five units. The prior says how runs differ, not how little a hundred
// requests say about a tail: without `chance`, one baseline run raised false alarms in
// up to three of four comparisons of like with like.
Spread assumed_spread(const StoredCase& one) {
  const double prior = one.units.is_same_boot ? kPriorWithinBoot : kPriorBetweenBoots;
  return with_prior(one.measured, std::sqrt(prior * prior + chance(one)), kPriorDegrees);
}

void measure(StoredCase& one) {
  one.error = prediction_error(one.spread.variance, one.unit_count, kSmallestSpread);
  const double reach = t_quantile(kIntervalQuantile, one.spread.degrees) * one.error;
  one.low = one.estimate - reach;
  one.high = one.estimate + reach;
  one.p = t_upper_tail(one.estimate / one.error, one.spread.degrees);
}

}  // namespace

StoredCase ratio_case(const Subject& subject, const plan::GateRules& rules) {
  const ComparedMetric metric = subject.metric;
  StoredCase one;
  one.head = subject.head;
  one.units = subject.units;
  one.finding.metric = metric;
  const std::vector<double> levels = unit_levels(
      subject.units, [&](const metrics::DigestSeries& run) { return log_level(run, metric); });
  one.unit_count = levels.size();
  if (levels.empty()) return one;

  const double middle = mean(levels);
  one.finding.base = std::exp(middle);
  one.measured = {variance(levels), static_cast<double>(levels.size() - 1)};
  const double detect = std::log1p(detect_of(metric, rules.stored));
  const double floor = floor_of(metric, one.finding.base, rules.latency_floor);
  one.fail_line = std::max(detect / 2, floor);
  one.pass_line = std::max(detect, floor);

  if (const std::optional<double> head = log_level(*subject.head, metric)) {
    one.finding.head = level_of(*subject.head, metric);
    one.estimate = metric == ComparedMetric::throughput ? middle - *head : *head - middle;
    one.has_estimate = true;
  }
  return one;
}

void measure_ratios(std::vector<StoredCase>& cases) {
  std::map<std::pair<ComparedMetric, std::string>, std::vector<StoredCase*>> families;
  for (StoredCase& one : cases) {
    if (!one.is_ratio() || one.unit_count == 0) continue;
    if (one.unit_count < kUnitsWithOwnSpread) {
      one.spread = assumed_spread(one);
    } else if (one.is_judged()) {
      families[{one.finding.metric, one.finding.stage}].push_back(&one);
    } else {
      one.spread = one.measured;  // Too few requests: its spread would mislead the others.
    }
  }
  for (auto& [name, members] : families) {
    std::vector<Spread> family;
    for (const StoredCase* member : members) family.push_back(member->measured);
    const std::vector<Spread> moderated = moderate(family);
    for (std::size_t i = 0; i < members.size(); ++i) {
      // Drawn towards the others, a rare request would seem surer than chance lets it be.
      const double least = std::min(family[i].variance, chance(*members[i]));
      members[i]->spread = {std::max(moderated[i].variance, least), moderated[i].degrees};
    }
  }
  for (StoredCase& one : cases) {
    if (one.is_ratio() && one.has_estimate) measure(one);
  }
}

double smallest_visible_ratio(const StoredCase& one, double level) {
  return std::max(one.fail_line, t_quantile(1 - level, one.spread.degrees) * one.error);
}

std::optional<std::size_t> units_to_settle(const StoredCase& one, double level) {
  const bool has_own_spread = one.unit_count >= kUnitsWithOwnSpread;
  if (one.unit_count == 1) return kUnitsWithOwnSpread - 1;  // Nothing is known of the spread yet.
  const Spread now = has_own_spread ? one.spread : one.measured;
  for (std::size_t units = std::max(one.unit_count + 1, kUnitsWithOwnSpread); units <= kMostUnits;
       ++units) {
    const std::size_t more = units - one.unit_count;
    const double degrees = now.degrees + static_cast<double>(more);
    const double error = prediction_error(now.variance, units, kSmallestSpread);
    const bool passes =
        one.estimate + t_quantile(kIntervalQuantile, degrees) * error < one.pass_line;
    const bool fails =
        one.estimate >= one.fail_line && one.estimate >= t_quantile(1 - level, degrees) * error;
    if (passes || fails) return more;
  }
  return std::nullopt;
}

}  // namespace loadgate::gate
