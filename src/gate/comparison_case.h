#pragma once

// One metric of one request in one stage on its way from levels to a finding: what a
// comparison with stored runs and one of a duet have in common. Values and pure functions,
// inside gate only.
//
// Everything here is on the scale of the test: the logarithm of the ratio, worse is
// positive, or for error rates the difference as a share.

#include <vector>

#include "gate/statistics.h"
#include "gate/verdict.h"
#include "metrics/run_result.h"
#include "plan/gate_rules.h"

namespace loadgate::gate {

inline constexpr double kIntervalQuantile = 0.975;  // Two-sided 95 %.

struct Case {
  ComparisonFinding finding;  // Says which metric this is; filled on the way.

  bool has_estimate = false;   // Both sides have a level.
  std::size_t unit_count = 0;  // Of units that have a level.
  double requests_a_unit = 0;  // Of the base side.
  double estimate = 0, low = 0, high = 0;
  double fail_line = 0, pass_line = 0;
  double p = 1;
  bool is_above_enough_units = true;  // Only asked of error rates.

  Spread measured;   // Between units.
  Spread spread;     // What the interval uses.
  double error = 0;  // Of the estimate; ratios only.

  bool is_ratio() const { return finding.metric != ComparedMetric::error_rate; }
  bool is_judged() const { return finding.weight != Weight::shown; }
};

// Requests a unit needs, on average, before its level says something.
struct Enough {
  double to_decide, to_watch;
};

// Sets weight, and the cause of what is only shown. "All requests" are always judged.
// REQUIRES: metric, request, unit_count and requests_a_unit are set.
void weigh(Case& one, const Enough& enough);
void weigh_by_requests(Case& one, const Enough& enough);  // Whether or not it has a level.

// How Holm shares the risk out: `level` is what the least significant of all would need.
struct Family {
  double alpha = 0.01;
  double level = 0.01;
};

// Fills p_adjusted of all that are judged. REQUIRES: all cases of the gate.
Family adjust(const std::vector<Case*>& cases, double alpha);

// Fail, pass or inconclusive by lines and p alone; the cause of the last is left to callers.
Outcome outcome_of(const Case& one, const Family& family);

// The same in words of people: a share more or less, or points.
double change_of(ComparedMetric metric, double estimate);

// The rise that matters. REQUIRES: p99 is compared, where it is asked for.
double detect_of(ComparedMetric metric, const plan::Detect& detect);

// Fills change, interval, lines and what it sees of the finding. `sees` is on the scale of
// the test.
void fill(Case& one, double sees);

// Fails first and of them the worst, the rest by weight, stage, request, metric.
void sort_findings(std::vector<ComparisonFinding>& findings,
                   const std::vector<metrics::StageInfo>& stages);

}  // namespace loadgate::gate
