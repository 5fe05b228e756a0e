#pragma once

// All recorded epochs of one kind, and gates drawn from them. One thread.

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "recording.h"

namespace loadgate::trust {

struct Pool {
  metrics::RunResult frame;  // What all recordings have in common: judging and the like.
  std::vector<RecordedEpoch> epochs;
};

// Recordings of another plan than the first one's are an error.
Result<Pool> pool_of(std::vector<Recording> recordings);

enum class Order : std::uint8_t {
  chance,  // Any epochs, each at most once: as if they had nothing to do with each other.
  row,     // Epochs as they followed each other, from a moment of chance.
};

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

// REQUIRES: count <= pool.epochs.size().
std::vector<Drawn> draw(const Pool& pool, std::size_t count, Order order, Flip flip,
                        Random& random);

// The epoch as a gate sees it, as number `number` of its duet.
metrics::Epoch as_epoch(const Drawn& drawn, std::uint32_t number);

// A run of one side over these epochs, as `loadgate run` would have stored it.
metrics::RunResult as_run(const Pool& pool, std::span<const RecordedEpoch> epochs,
                          metrics::Side side);

}  // namespace loadgate::trust
