#pragma once

// A case of a comparison with stored runs. Values and pure functions, inside gate only.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/comparison_case.h"
#include "gate/pace.h"
#include "gate/stored_units.h"
#include "plan/gate_rules.h"

namespace loadgate::gate {

inline constexpr std::size_t kUnitsWithOwnSpread = 5;  // With fewer units a prior is used.
inline constexpr std::size_t kMostUnits = 20;          // More runs than this change nothing.
inline constexpr double kSmallestSpread = 0.02;        // No runs are more alike than this.

// Levels as they were measured, or as they would have been at the pace that the machine had
// for head.
enum class Scale : std::uint8_t { as_measured, at_pace };

// The same runs on the scale that is not the one compared on.
struct OtherScale {
  double estimate = 0;
  Spread spread;
};

struct StoredCase : Case {
  const metrics::DigestSeries* head = nullptr;
  Units units;
  bool is_of_newest_level = false;  // The service got faster: older units are left out.
  Scale scale = Scale::as_measured;
  std::optional<OtherScale> other{};  // Where the machine's pace is known for every run.
};

// What is compared, and the limits of the plan's gate section for it.
struct Subject {
  const metrics::DigestSeries* head = nullptr;
  Units units;
  Paces paces{};
  ComparedMetric metric = ComparedMetric::p50;
};

bool is_ignored(const metrics::DigestSeries& series, const plan::GateRules& rules);

// The metrics of a series that are compared as ratios: CPU where it was measured, p50, p95,
// throughput where it says what the service can do.
std::vector<ComparedMetric> ratios_of(const metrics::DigestSeries& series);

// p50 and p95 are those of a typical second, but of the whole stage where a run with which
// they are compared is too old to know that.
enum class Stretch : std::uint8_t { second, stage };
Stretch stretch_of(const Units& units);

// The logarithm of a level, turned round where more is better; nothing where none was
// measured. And back.
std::optional<double> worse_level(const metrics::DigestSeries& series, ComparedMetric metric,
                                  Stretch stretch);
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
// Takes back what the other scale denies: a machine at another pace explains a rise, and head
// may have made loadgate's own work dearer or cheaper.
void heed_other_scale(StoredCase& one, const Family& family);
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
