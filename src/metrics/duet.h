#pragma once

// What a duet measured: base and head side by side, epoch by epoch. Plain values.
//
// In an epoch both builds run at the same time and get the same requests, pair by pair, in
// an order drawn at random. Between epochs both are started again: an epoch is one
// observation of how much slower head is.

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "metrics/resource_use.h"
#include "metrics/series.h"
#include "plan/duet.h"

namespace loadgate::metrics {

struct RunResult;

// One side in one epoch. Series keys have side, stage 0 and the names of Judging::requests.
struct EpochSide {
  std::string target;  // "http://127.0.0.1:40123"
  bool started_first = false;
  Nanoseconds start_took{};    // Until it was ready; 0 where it was not started.
  std::vector<Series> series;  // With windows of one second, warm-up included.
  ResourceUse use;             // No points where it could not be watched.
  std::string died{};          // Why it is gone; empty while it is well.
};

struct Epoch {
  std::uint32_t number = 0;  // From 0; decides its pairs, with the seed.
  Nanoseconds began{};       // Since the start of the duet.
  Interval held;             // Within the epoch.
  EpochSide base, head;
  MachineUse machine;
  // Why the epoch counts for nothing: the generator spoilt it. Empty otherwise.
  std::string spoilt{};

  bool counts() const { return spoilt.empty(); }
};

struct Duet {
  std::string base, head;  // What they are: "main (3f2a9c1)", a folder, an address.
  double rate = 0;         // Iterations a second for each side.
  plan::Restart restart = plan::Restart::each_epoch;
  Nanoseconds epoch_length{};
  std::uint32_t most_epochs = 0;  // Planned at most.
  bool is_same_build = false;     // An A/A duet, of `noise`.
  bool is_fixed = false;          // The user asked for exactly most_epochs.
  std::vector<Epoch> epochs{};    // In order; those that count and those that were spoilt.
};

// Fills `series` of a duet from its epochs that count: both sides, held and all joined,
// windows of one second, an epoch's beginning at its number times the epochs' length in
// whole seconds. REQUIRES: result.duet.
void join_epochs(RunResult& result);

}  // namespace loadgate::metrics
