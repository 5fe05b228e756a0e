// CPU, response times and throughput against stored runs: the error of predicting one more
// run of the same build from K units (verdict-rules.md, "Against stored runs").

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "gate/chance.h"
#include "gate/level_step.h"
#include "gate/stored_case.h"

namespace loadgate::gate {
namespace {

// What machines of one kind differ by from boot to boot, and one machine from run to
// run, until five units show it themselves.
constexpr double kPriorBetweenBoots = 0.12;
constexpr double kPriorWithinBoot = 0.05;
constexpr double kPriorDegrees = 20;

constexpr double kMuchLess = 0.5;  // Of the variance, by the machine's pace.

double floor_of(ComparedMetric metric, double base, const plan::GateRules& rules) {
  if (metric == ComparedMetric::throughput) return 0;
  const Nanoseconds floor =
      metric == ComparedMetric::cpu_per_request ? rules.cpu_floor : rules.latency_floor;
  return std::log1p(static_cast<double>(floor.count()) / base);
}

double level_of(const metrics::DigestSeries& series, ComparedMetric metric, Stretch stretch) {
  const bool is_typical = stretch == Stretch::second;
  switch (metric) {
    case ComparedMetric::cpu_per_request:
      return static_cast<double>(series.cpu_per_request.value_or(Nanoseconds{}).count());
    case ComparedMetric::p50:
      return static_cast<double>((is_typical ? *series.typical_p50 : series.p50).count());
    case ComparedMetric::p95:
      return static_cast<double>((is_typical ? *series.typical_p95 : series.p95).count());
    default:
      return series.per_second;
  }
}

bool knows_seconds(const metrics::DigestSeries& series) {
  return series.typical_p50 && series.typical_p95;
}

// What a level would spread by if nothing but chance chose its requests, on average over
// both sides. CPU and throughput are of thousands and have next to none.
double chance(const StoredCase& one) {
  if (!is_latency(one.finding.metric)) return 0;
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

Spread spread_of(const std::vector<double>& levels) {
  return {variance(levels), static_cast<double>(levels.size() - 1)};
}

void measure(StoredCase& one) {
  one.error = prediction_error(one.spread.variance, one.unit_count, kSmallestSpread);
  const double reach = t_quantile(kIntervalQuantile, one.spread.degrees) * one.error;
  one.low = one.estimate - reach;
  one.high = one.estimate + reach;
  one.p = t_upper_tail(one.estimate / one.error, one.spread.degrees);
}

bool is_pace_known(const Subject& subject) {
  if (!is_time(subject.metric) || !subject.paces.head) return false;
  for (const auto& group : subject.units.groups) {
    for (const metrics::DigestSeries* run : group) {
      if (!subject.paces.of(*run)) return false;
    }
  }
  return true;
}

// Far more alike at the same pace than as they were measured. Stored runs alone are asked.
bool are_alike_at_pace(const std::vector<double>& at_pace, const std::vector<double>& measured) {
  return measured.size() >= kUnitsWithOwnSpread &&
         variance(at_pace) < kMuchLess * variance(measured);
}

}  // namespace

std::vector<ComparedMetric> ratios_of(const metrics::DigestSeries& series) {
  std::vector<ComparedMetric> metrics{ComparedMetric::p50, ComparedMetric::p95};
  if (series.request != metrics::kAllRequests) return metrics;
  if (series.cpu_per_request) metrics.push_back(ComparedMetric::cpu_per_request);
  // The same arrivals reach every request of a stage, so throughput is asked of the pool.
  if (series.is_saturated) metrics.push_back(ComparedMetric::throughput);
  return metrics;
}

Stretch stretch_of(const Units& units) {
  for (const auto& group : units.groups) {
    if (!std::all_of(group.begin(), group.end(),
                     [](const auto* run) { return knows_seconds(*run); })) {
      return Stretch::stage;
    }
  }
  return Stretch::second;
}

std::optional<double> worse_level(const metrics::DigestSeries& series, ComparedMetric metric,
                                  Stretch stretch) {
  const double level = level_of(series, metric, stretch);
  if (!(level > 0)) return std::nullopt;
  return metric == ComparedMetric::throughput ? -std::log(level) : std::log(level);
}

double level_of_worse(ComparedMetric metric, double worse) {
  return std::exp(metric == ComparedMetric::throughput ? -worse : worse);
}

Lines lines_of(ComparedMetric metric, double base, const plan::GateRules& rules) {
  const double detect = std::log1p(detect_of(metric, rules.stored));
  const double floor = floor_of(metric, base, rules);
  return {std::max(detect / 2, floor), std::max(detect, floor)};
}

// The prior says how runs differ, not how little a hundred requests say about a tail:
// without `chance`, one baseline run raised false alarms in up to three of four comparisons
// of like with like.
Spread with_assumed_spread(Spread measured, bool is_same_boot, double chance) {
  const double prior = is_same_boot ? kPriorWithinBoot : kPriorBetweenBoots;
  return with_prior(measured, std::sqrt(prior * prior + chance), kPriorDegrees);
}

StoredCase ratio_case(const Subject& subject, const plan::GateRules& rules) {
  const ComparedMetric metric = subject.metric;
  const Stretch stretch = knows_seconds(*subject.head) ? stretch_of(subject.units) : Stretch::stage;
  const Level as_measured = [&](const metrics::DigestSeries& run) {
    return worse_level(run, metric, stretch);
  };
  const Level at_pace = [&](const metrics::DigestSeries& run) {
    std::optional<double> level = as_measured(run);
    if (level) *level += *subject.paces.head - *subject.paces.of(run);
    return level;
  };
  StoredCase one;
  one.head = subject.head;
  one.units = subject.units;
  one.finding.metric = metric;
  std::vector<double> levels = unit_levels(subject.units, as_measured);
  if (levels.empty()) return one;
  const bool is_known = is_pace_known(subject);
  if (is_known && are_alike_at_pace(unit_levels(subject.units, at_pace), levels)) {
    one.scale = Scale::at_pace;
  }
  const bool is_at_pace = one.scale == Scale::at_pace;
  const Level& level = is_at_pace ? at_pace : as_measured;
  levels = unit_levels(subject.units, level);

  const double least_step = lines_of(metric, level_of_worse(metric, mean(levels)), rules).fail;
  one.units = newest_level(subject.units, level, least_step);
  one.is_of_newest_level = one.units.count() < subject.units.count();
  levels = unit_levels(one.units, level);
  one.unit_count = levels.size();
  const double middle = mean(levels);
  one.finding.base = level_of_worse(metric, middle);
  one.measured = spread_of(levels);
  const Lines lines = lines_of(metric, one.finding.base, rules);
  one.fail_line = lines.fail;
  one.pass_line = lines.pass;

  if (const std::optional<double> head = as_measured(*subject.head)) {
    one.finding.head = level_of(*subject.head, metric, stretch);
    one.estimate = *head - middle;
    one.has_estimate = true;
    if (!is_known) return one;
    const std::vector<double> others = unit_levels(one.units, is_at_pace ? as_measured : at_pace);
    one.other = {*head - mean(others), spread_of(others)};
  }
  return one;
}

void heed_other_scale(StoredCase& one, const Family& family) {
  if (!one.other) return;
  const auto& [estimate, spread] = *one.other;
  const bool rose = estimate >= one.fail_line;
  const bool rose_surely =
      rose && one.unit_count >= kUnitsWithOwnSpread &&
      t_upper_tail(estimate / prediction_error(spread.variance, one.unit_count, kSmallestSpread),
                   spread.degrees) <= family.level;
  Outcome& outcome = one.finding.outcome;
  if ((outcome == Outcome::fail && !rose) || (outcome == Outcome::pass && rose_surely)) {
    outcome = Outcome::inconclusive;
    one.finding.cause = Cause::environment;
  }
}

void measure_ratios(std::vector<StoredCase>& cases) {
  // Levels at the machine's pace spread by less than measured ones.
  std::map<std::tuple<ComparedMetric, std::string, Scale>, std::vector<StoredCase*>> families;
  for (StoredCase& one : cases) {
    if (!one.is_ratio() || one.unit_count == 0) continue;
    if (one.unit_count < kUnitsWithOwnSpread) {
      one.spread = with_assumed_spread(one.measured, one.units.is_same_boot, chance(one));
    } else if (one.is_judged()) {
      families[{one.finding.metric, one.finding.stage, one.scale}].push_back(&one);
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
