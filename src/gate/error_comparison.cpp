// Error rates against stored runs, in percentage points (verdict-rules.md, "Errors").

#include <algorithm>

#include "gate/error_counts.h"
#include "gate/stored_case.h"

namespace loadgate::gate {
namespace {

constexpr std::size_t kUnitsToExceed = 3;

Counts counts_of(const metrics::DigestSeries& series) {
  return {static_cast<double>(series.failures), static_cast<double>(series.requests)};
}

std::vector<Counts> unit_counts(const Units& units) {
  std::vector<Counts> counts;
  for (const auto& group : units.groups) {
    Counts sum;
    for (const metrics::DigestSeries* series : group) {
      sum.failures += static_cast<double>(series->failures);
      sum.requests += static_cast<double>(series->requests);
    }
    if (sum.requests > 0) counts.push_back(sum);
  }
  return counts;
}

std::vector<double> rising_rates(const std::vector<Counts>& counts) {
  std::vector<double> rates;
  rates.reserve(counts.size());
  for (const Counts& one : counts) rates.push_back(one.rate());
  std::sort(rates.begin(), rates.end());
  return rates;
}

bool exceeds_enough_units(double rate, const std::vector<double>& rates) {
  const auto below = static_cast<std::size_t>(
      std::count_if(rates.begin(), rates.end(), [&](double unit) { return rate > unit; }));
  return below >= std::min(kUnitsToExceed, rates.size());
}

// The interval of the difference. Five units and more show their own spread; the counts
// alone are the least that is uncertain.
double interval_reach(const Counts& head, const std::vector<Counts>& units,
                      const std::vector<double>& rates) {
  const double of_counts = agresti_coull_reach(head, sum_of(units), overdispersion(units));
  if (rates.size() < kUnitsWithOwnSpread) return of_counts;
  const auto degrees = static_cast<double>(rates.size() - 1);
  return std::max(of_counts, t_quantile(kIntervalQuantile, degrees) *
                                 prediction_error(variance(rates), rates.size(), 0));
}

}  // namespace

StoredCase error_case(const Subject& subject, const plan::GateRules& rules) {
  StoredCase one;
  one.head = subject.head;
  one.units = subject.units;
  one.finding.metric = ComparedMetric::error_rate;
  one.pass_line = rules.stored.error_rate;
  one.fail_line = rules.stored.error_rate / 2;
  const std::vector<Counts> units = unit_counts(subject.units);
  one.unit_count = units.size();
  const Counts head = counts_of(*subject.head);
  if (units.empty() || !(head.requests > 0)) return one;

  const std::vector<double> rates = rising_rates(units);
  one.has_estimate = true;
  one.finding.base = mean(rates);
  one.finding.head = head.rate();
  one.estimate = head.rate() - one.finding.base;
  const double reach = interval_reach(head, units, rates);
  one.low = one.estimate - reach;
  one.high = one.estimate + reach;
  one.measured = {variance(rates), static_cast<double>(rates.size() - 1)};
  one.spread = one.measured;
  one.p = share_p(head, sum_of(units), overdispersion(units));
  one.is_above_enough_units = exceeds_enough_units(head.rate(), rates);
  return one;
}

double smallest_visible_error(const StoredCase& one, double level) {
  const std::vector<Counts> units = unit_counts(one.units);
  const double rate = smallest_significant_rate(counts_of(*one.head).requests, sum_of(units),
                                                overdispersion(units), level);
  return std::max(one.fail_line, rate - one.finding.base);
}

}  // namespace loadgate::gate
