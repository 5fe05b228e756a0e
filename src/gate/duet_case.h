#pragma once

// A case of a duet: what its first epochs say of one metric of one request. Values and
// pure functions, inside gate only.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gate/comparison_case.h"
#include "gate/duet_units.h"
#include "plan/duet.h"
#include "plan/gate_rules.h"

namespace loadgate::gate {

struct DuetCase : Case {
  std::span<const DuetUnit> units;  // Those looked at so far.
  double interval_error = 0;        // As `error`, of the spread the interval uses; ratios only.
  bool is_part = true;              // Of the pool; false for the pool itself.
};

struct DuetLimits {
  plan::GateRules rules;
  plan::Restart restart = plan::Restart::each_epoch;
};

// The metrics that are compared of these requests, with weights and without outcomes, of
// the first `epochs` epochs. REQUIRES: epochs >= kFewestEpochs, and so many units; cases
// point into `requests`.
std::vector<DuetCase> duet_cases(const std::vector<DuetRequest>& requests, const DuetLimits& limits,
                                 std::size_t epochs);

// Borrows strength between the deciding requests of one metric, then fills error,
// interval and p of all ratios. REQUIRES: all cases of the gate.
void measure_duet_ratios(std::vector<DuetCase>& cases, plan::Restart restart);

// Fills estimate, interval and p of an error rate. `detect` is a share.
void measure_duet_errors(DuetCase& one, double detect);

// The smallest estimate that fails at this level of significance.
double smallest_visible(const DuetCase& one, double level);

// About how many more epochs would decide a case, if they go as those so far; nothing
// where no reasonable number would.
std::optional<std::size_t> epochs_to_settle(const DuetCase& one, double level,
                                            plan::Restart restart);

}  // namespace loadgate::gate
