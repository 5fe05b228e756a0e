#pragma once

// `loadgate duet` again, on recorded epochs: the same code decides when to stop and what
// the verdict is. One thread.

#include <string>
#include <vector>

#include "pool.h"

namespace loadgate::trust {

struct Draws {
  std::size_t gates = 1000;
  std::uint64_t seed = 1;
  Chances chances;
};

// A line of JSON for each gate: conclusion, epochs, seconds, what failed, what stayed open.
// An error where fewer epochs are recorded than a duet may take.
Result<std::string> duet_gates(const Pool& pool, const Draws& draws);

// A line of JSON for each duet as it was recorded, judged by the gate as it is now: that ends
// it no later than it ended then, or says "undecided". With its seed.
std::string gates_again(const std::vector<RecordedDuet>& duets);

// A line of JSON for each epoch: log of head to base by metric, of all requests together; of
// error_rate the difference.
std::string levels(const Pool& pool);

}  // namespace loadgate::trust
