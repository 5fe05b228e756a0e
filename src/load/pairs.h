#pragma once

// Two builds under the same load at the same time: arrivals fall due one after the other
// by chance (a Poisson process), two that follow each other are a pair, one for each side,
// and a coin says which side goes first. Main thread.
//
// Both sides of a pair do the same task with the same random numbers; each side has its
// own users, cookies, connections. The pairs of an epoch hang on its seed alone.

#include <array>
#include <cstdint>

#include "load/runner.h"
#include "metrics/series.h"
#include "plan/plan.h"

namespace loadgate::load {

// When the arrivals of both sides are due: number k of each is pair k, so both have as
// many. Each side has `rate` a second on average. Rising; all below `length`.
struct PairSchedule {
  std::vector<Nanoseconds> base, head;
};
PairSchedule pair_schedule(double rate, Nanoseconds length, std::uint64_t seed);

// The plans of both sides: the same but for where they go. All their stages are in rate.
struct Sides {
  const plan::Plan* base = nullptr;
  const plan::Plan* head = nullptr;
};

// One worker's event loop serves both sides of a pair, so that nothing of ours tells them
// apart. Ends as run() does; what is wrong with one side does not stop the other.
struct PairOutcome {
  metrics::RunResult base, head;  // info and health are those of the whole; see Outcome.
  std::string stopped_because;
};
Result<PairOutcome> run_pairs(const Sides& sides, const Options& options);

}  // namespace loadgate::load
