#pragma once

// `loadgate duet` again, on recorded epochs: the same code decides when to stop and what
// the verdict is. One thread.

#include <string>

#include "pool.h"

namespace loadgate::trust {

struct Draws {
  std::size_t gates = 1000;
  std::uint64_t seed = 1;
  Order order = Order::chance;
  Flip flip = Flip::never;
};

// A line of JSON for each gate: conclusion, epochs, seconds, what failed, what stayed open.
// An error where fewer epochs are recorded than a duet may take.
Result<std::string> duet_gates(const Pool& pool, const Draws& draws);

}  // namespace loadgate::trust
