#pragma once

// One metric of one request in one stage on its way from levels to a finding. Values
// and pure functions, inside gate only.
//
// Everything here is on the scale of the test: the logarithm of the ratio, worse is
// positive, or for error rates the difference as a share.

#include <optional>
#include <vector>

#include "gate/statistics.h"
#include "gate/stored_units.h"
#include "gate/verdict.h"
#include "plan/gate_rules.h"

namespace loadgate::gate {

inline constexpr std::size_t kUnitsWithOwnSpread = 5;  // With fewer units a prior is used.
inline constexpr std::size_t kMostUnits = 20;          // More runs than this change nothing.

struct Case {
  ComparisonFinding finding;  // Says which metric this is; filled on the way.
  const metrics::DigestSeries* head = nullptr;
  Units units;

  bool has_estimate = false;   // Both sides have a level.
  std::size_t unit_count = 0;  // K, of units that have a level.
  double requests_a_run = 0;   // Of the baseline.
  double estimate = 0, low = 0, high = 0;
  double fail_line = 0, pass_line = 0;
  double p = 1;
  bool is_above_enough_units = true;  // Only asked of error rates.

  Spread measured;   // Between units.
  Spread spread;     // What the test uses.
  double error = 0;  // Of the estimate; ratios only.

  bool is_judged() const { return finding.weight != Weight::shown; }
};

// What is compared, and the limits of the plan's gate section for it.
struct Subject {
  const metrics::DigestSeries* head = nullptr;
  Units units;
  ComparedMetric metric = ComparedMetric::p50;
};

// Ratios: p50, p95, throughput.
Case ratio_case(const Subject& subject, const plan::GateRules& rules);
// Borrows strength between the cases of one metric and stage, then fills error, interval
// and p of all ratio cases. REQUIRES: all cases of the gate.
void measure_ratios(std::vector<Case>& cases);
// The smallest estimate that fails at this level of significance.
double smallest_visible_ratio(const Case& one, double level);
// How many more units would decide a case, if they spread as those so far; nothing
// where no number up to kMostUnits would.
std::optional<std::size_t> units_to_settle(const Case& one, double level);

// Error rates.
Case error_case(const Subject& subject, const plan::GateRules& rules);
double smallest_visible_error(const Case& one, double level);

}  // namespace loadgate::gate
