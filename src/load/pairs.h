#pragma once

// Two builds under the same load at the same time: arrivals fall due one after the other
// by chance (a Poisson process), two that follow each other are a pair, one for each side,
// and a coin says which side goes first. Main thread.
//
// Both sides of a pair do the same task with the same random numbers; each side has its
// own users, cookies, connections. The pairs of an epoch hang on its seed alone. So what a
// pair sends may differ only in what a user has: its id, how many iterations it did, what
// it captured; and in rows of data, see below.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "load/data_feed.h"
#include "load/runner.h"
#include "metrics/run_result.h"
#include "plan/plan.h"

namespace loadgate::load {

// When the arrivals of both sides are due: number k of each is pair k, so both have as
// many. Each side has `rate` a second on average. Rising, no two moments the same; all
// below `length`.
struct PairSchedule {
  std::vector<Nanoseconds> base, head;
};
// REQUIRES: rate > 0.
PairSchedule pair_schedule(double rate, Nanoseconds length, std::uint64_t seed);

// The plans of both sides: the same but for where they go. All their stages are in rate, the
// same one from the first moment on, and allow as many users: a ramp only says what is not
// judged.
//
// Each side hands out its own rows, both in the same order: a pair has the same row where
// both sides have drawn equally often before. That holds as long as users draw nothing but
// in the first request of an iteration, one worker serves them and no arrival is dropped or
// has to wait for a user; otherwise rows of a pair lie next to each other. Rows in `random`
// order with reuse hang on the pair, and are always the same.
//
// With the rows that the epoch before left, data go on where they were: a source that all
// users share and that is not reused hands out each row at most once over all epochs. Users
// of an epoch are new ones: who has rows to himself begins them anew.
struct Sides {
  const plan::Plan* base = nullptr;
  const plan::Plan* head = nullptr;
  // What PairOutcome said; nothing: from the beginning, in orders of the seed.
  std::optional<DrawnRows> base_rows{}, head_rows{};
};

// Of info what run() fills is the whole's. Of health CPU and steal are the whole's, what is
// about requests and arrivals the side's. Series of base say so in their keys.
struct PairOutcome {
  metrics::RunResult base, head;
  DrawnRows base_rows, head_rows;  // For the next epoch.
  std::string stopped_because;
};

// One worker's event loop serves both sides of a pair, so that nothing of ours tells them
// apart; its transport reaches both. Ends as run() does; what is wrong with one side does
// not stop the other. Data that ran out end the run once both sides are out of them.
Result<PairOutcome> run_pairs(const Sides& sides, Options options);

}  // namespace loadgate::load
