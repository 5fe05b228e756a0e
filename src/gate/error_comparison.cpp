// Error rates against stored runs, in percentage points (verdict.md, "Errors").

#include <algorithm>
#include <cmath>

#include "gate/comparison_case.h"

namespace loadgate::gate {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  // Two-sided 95 %.
constexpr double kIntervalQuantile = 0.975;
constexpr std::size_t kUnitsToExceed = 3;

struct Counts {
  double failures = 0, requests = 0;
  double rate() const { return requests > 0 ? failures / requests : 0; }
};

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

Counts sum_of(const std::vector<Counts>& counts) {
  Counts sum;
  for (const Counts& one : counts) {
    sum.failures += one.failures;
    sum.requests += one.requests;
  }
  return sum;
}

std::vector<double> rising_rates(const std::vector<Counts>& counts) {
  std::vector<double> rates;
  rates.reserve(counts.size());
  for (const Counts& one : counts) rates.push_back(one.rate());
  std::sort(rates.begin(), rates.end());
  return rates;
}

// How much more the counts of units vary than independent failures would: the
// variance-to-mean ratio, as Pearson's X² ÷ (K - 1) so that units may differ in size.
double overdispersion(std::vector<Counts> counts) {
  const Counts sum = sum_of(counts);
  if (counts.size() < 2 || !(sum.failures > 0)) return 1;
  std::sort(counts.begin(), counts.end(), [](const Counts& a, const Counts& b) {
    return a.failures != b.failures ? a.failures < b.failures : a.requests < b.requests;
  });
  double chi_squared = 0;
  for (const Counts& one : counts) {
    const double expected = one.requests * sum.rate();
    chi_squared += (one.failures - expected) * (one.failures - expected) / expected;
  }
  return std::max(1.0, chi_squared / static_cast<double>(counts.size() - 1));
}

// Of the difference of two shares, from Agresti and Coull's (1998) adjusted counts: not
// zero where no request failed.
double agresti_coull_reach(const Counts& head, const Counts& base, double dispersion) {
  constexpr double kSquare = kNormalQuantile * kNormalQuantile;
  const auto share_variance = [&](const Counts& counts) {
    const double requests = counts.requests / dispersion + kSquare;
    const double share = (counts.failures / dispersion + kSquare / 2) / requests;
    return share * (1 - share) / requests;
  };
  return kNormalQuantile * std::sqrt(share_variance(head) + share_variance(base));
}

// P(head gets this many of all failures), were both equally good.
double share_p(double head_failures, double head_requests, const Counts& base, double dispersion) {
  const double share = head_requests / (head_requests + base.requests);
  return binomial_upper_tail(head_failures / dispersion,
                             (head_failures + base.failures) / dispersion, share);
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

Case error_case(const Subject& subject, const plan::GateRules& rules) {
  Case one;
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
  one.p = share_p(head.failures, head.requests, sum_of(units), overdispersion(units));
  one.is_above_enough_units = exceeds_enough_units(head.rate(), rates);
  return one;
}

double smallest_visible_error(const Case& one, double level) {
  const std::vector<Counts> units = unit_counts(one.units);
  const Counts base = sum_of(units);
  const double dispersion = overdispersion(units);
  const double requests = counts_of(*one.head).requests;
  double hidden = 0, seen = requests;
  while (seen - hidden > 0.5) {
    const double middle = (hidden + seen) / 2;
    (share_p(middle, requests, base, dispersion) <= level ? seen : hidden) = middle;
  }
  return std::max(one.fail_line, seen / requests - one.finding.base);
}

}  // namespace loadgate::gate
