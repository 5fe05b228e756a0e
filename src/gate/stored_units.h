#pragma once

// Which stored runs stand against a run, and what counts as one observation of them.
// Pure functions over values that the caller keeps alive.
//
// Runs of one boot share luck (memory layout, neighbours, CPU frequency), so they are
// one unit, averaged. Where at least three of them, or all, are of the head run's own
// boot, that luck is head's too: then each of these is a unit, the others are left out.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metrics/run_digest.h"

namespace loadgate::gate {

// A stored run, or its part that is asked for, with the boot it was made on.
struct UnitRun {
  std::string boot;
  const metrics::DigestSeries* series = nullptr;
};

struct Units {
  // One for each unit, in the order of their first runs.
  std::vector<std::vector<const metrics::DigestSeries*>> groups;
  bool is_same_boot = false;

  std::size_t count() const { return groups.size(); }  // K
  int runs() const;
};

// REQUIRES: runs in the order of time.
Units group_into_units(std::span<const UnitRun> runs, const std::string& head_boot);

// The moment before which no stored run counts: that of the newest accepted one, of
// whatever machine; the beginning of time where there is none.
WallTime counts_from(std::span<const metrics::RunDigest> runs);

// Runs of the environment of head that count, oldest first whatever order they came in.
std::vector<const metrics::RunDigest*> runs_like(const metrics::Environment& environment,
                                                 std::span<const metrics::RunDigest> runs);

// The series of `run` that carries the same load as `like`, or nullptr. By its name, or
// where there is none by what it `was` called.
const metrics::DigestSeries* series_like(const metrics::DigestSeries& like,
                                         const metrics::RunDigest& run);

// The level of each unit: the mean over its runs of `level`, leaving out runs for which
// there is none. Rising, so that no sum depends on the order of files.
using Level = std::function<std::optional<double>(const metrics::DigestSeries&)>;
std::vector<double> unit_levels(const Units& units, const Level& level);

}  // namespace loadgate::gate
