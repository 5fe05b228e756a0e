#pragma once

// All recorded epochs of one kind, and gates drawn from them. One thread.

#include <cstdint>
#include <vector>

#include "base/random.h"
#include "draw.h"
#include "recording.h"

namespace loadgate::trust {

struct Pool {
  metrics::RunResult frame;  // What all recordings have in common: judging and the like.
  std::vector<RecordedEpoch> epochs;
};

// Recordings of another plan than the first one's are an error.
Result<Pool> pool_of(std::vector<RecordedDuet> recorded);

// Which side is called base.
enum class Flip : std::uint8_t {
  never,  // As recorded: of faults.
  gate,   // A coin for each gate.
  epoch,  // A coin for each epoch.
};

struct Drawn {
  const RecordedEpoch* epoch = nullptr;
  bool is_flipped = false;
};

struct Chances {
  Order order = Order::chance;
  Flip flip = Flip::never;
};

// REQUIRES: count <= pool.epochs.size().
std::vector<Drawn> draw_epochs(const Pool& pool, std::size_t count, const Chances& chances,
                               Random& random);

// The epoch as a gate sees it, as number `number` of its duet.
metrics::Epoch as_epoch(const Drawn& drawn, std::uint32_t number);

}  // namespace loadgate::trust
