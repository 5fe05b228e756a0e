#pragma once

// A case of a comparison with stored runs. Values and pure functions, inside gate only.

#include <optional>
#include <string>
#include <vector>

#include "gate/comparison_case.h"
#include "gate/stored_units.h"
#include "plan/gate_rules.h"

namespace loadgate::gate {

inline constexpr std::size_t kUnitsWithOwnSpread = 5;  // With fewer units a prior is used.
inline constexpr std::size_t kMostUnits = 20;          // More runs than this change nothing.
inline constexpr double kSmallestSpread = 0.02;        // No runs are more alike than this.

struct StoredCase : Case {
  const metrics::DigestSeries* head = nullptr;
  Units units;
  bool is_of_newest_level = false;  // The service got faster: older units are left out.
};

// What is compared, and the limits of the plan's gate section for it.
struct Subject {
  const metrics::DigestSeries* head = nullptr;
  Units units;
  ComparedMetric metric = ComparedMetric::p50;
};

bool is_ignored(const metrics::DigestSeries& series, const plan::GateRules& rules);

// The metrics of a series that are compared as ratios: CPU where it was measured, p50, p95,
// throughput where it says what the service can do.
std::vector<ComparedMetric> ratios_of(const metrics::DigestSeries& series);

// The logarithm of a level, turned round where more is better; nothing where none was
// measured. And back.
std::optional<double> worse_level(const metrics::DigestSeries& series, ComparedMetric metric);
double level_of_worse(ComparedMetric metric, double worse);

// What a rise must reach to fail, and stay below to pass, on the scale of the test.
struct Lines {
  double fail = 0, pass = 0;
};
Lines lines_of(ComparedMetric metric, double base, const plan::GateRules& rules);

// With fewer units than show their own spread. `chance` is the variance that the number of
// requests alone makes.
Spread with_assumed_spread(Spread measured, bool is_same_boot, double chance);

// Ratios.
StoredCase ratio_case(const Subject& subject, const plan::GateRules& rules);
// Borrows strength between the cases of one metric and stage, then fills error, interval
// and p of all ratio cases. REQUIRES: all cases of the gate.
void measure_ratios(std::vector<StoredCase>& cases);
// The smallest estimate that fails at this level of significance.
double smallest_visible_ratio(const StoredCase& one, double level);
// How many more units would decide a case, if they spread as those so far; nothing
// where no number up to kMostUnits would.
std::optional<std::size_t> units_to_settle(const StoredCase& one, double level);

// Error rates.
StoredCase error_case(const Subject& subject, const plan::GateRules& rules);
double smallest_visible_error(const StoredCase& one, double level);

// What would settle an inconclusive comparison; empty for others. `level` is the
// significance one comparison needs.
std::string advise(const StoredCase& one, double level);

}  // namespace loadgate::gate
