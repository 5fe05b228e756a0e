// Error rates of a duet, in percentage points (verdict-rules.md, "Errors").

#include <algorithm>
#include <cmath>

#include "gate/duet_case.h"

namespace loadgate::gate {
namespace {

constexpr int kUnitsToExceed = 3;

struct Sides {
  std::vector<Counts> base, head;
  std::vector<double> differences;
  int head_above = 0;
};

Sides sides_of(std::span<const DuetUnit> units) {
  Sides sides;
  for (const DuetUnit& unit : units) {
    const Counts& base = unit.base.counts;
    const Counts& head = unit.head.counts;
    if (!(base.requests > 0 && head.requests > 0)) continue;
    sides.base.push_back(base);
    sides.head.push_back(head);
    sides.differences.push_back(head.rate() - base.rate());
    sides.head_above += head.rate() > base.rate() ? 1 : 0;
  }
  return sides;
}

double overdispersion(const Sides& sides) {
  return std::max(overdispersion(sides.base), overdispersion(sides.head));
}

double interval_reach(const Sides& sides) {
  const double of_counts =
      agresti_coull_reach(sum_of(sides.head), sum_of(sides.base), overdispersion(sides));
  const auto units = static_cast<double>(sides.differences.size());
  const double error = std::sqrt(variance(sides.differences) / units);
  return std::max(of_counts, t_quantile(kIntervalQuantile, units - 1) * error);
}

}  // namespace

void measure_duet_errors(DuetCase& one, double detect) {
  one.pass_line = detect;
  one.fail_line = detect / 2;
  const Sides sides = sides_of(one.units);
  one.unit_count = sides.differences.size();
  if (one.unit_count < 2) return;
  one.has_estimate = true;
  one.finding.base = sum_of(sides.base).rate();
  one.finding.head = sum_of(sides.head).rate();
  one.estimate = mean(sides.differences);
  one.measured = {variance(sides.differences), static_cast<double>(one.unit_count - 1)};
  one.spread = one.measured;
  one.error = std::sqrt(one.measured.variance / static_cast<double>(one.unit_count));
  const double reach = interval_reach(sides);
  one.low = one.estimate - reach;
  one.high = one.estimate + reach;
  one.p = share_p(sum_of(sides.head), sum_of(sides.base), overdispersion(sides));
  one.is_above_enough_units = sides.head_above >= kUnitsToExceed;
}

double smallest_visible(const DuetCase& one, double level) {
  if (!one.has_estimate) return 0;
  if (one.is_ratio()) {
    return std::max(one.fail_line, t_quantile(1 - level, one.measured.degrees) * one.error);
  }
  const Sides sides = sides_of(one.units);
  const double rate = smallest_significant_rate(sum_of(sides.head).requests, sum_of(sides.base),
                                                overdispersion(sides), level);
  return std::max(one.fail_line, rate - one.finding.base);
}

}  // namespace loadgate::gate
