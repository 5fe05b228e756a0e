#pragma once

// One stage of the load. Plain values.

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/place.h"

namespace loadgate::plan {

// How load is given: so many users, who send when they are ready (closed), or so many
// iterations a second, which arrive whether or not earlier ones are over (open).
enum class Load : std::uint8_t { users, rate };

inline constexpr double kHighestRate = 1'000'000;  // Iterations a second.

// Reaches its level over `ramp` from wherever the stage before ended (from nothing, where
// that one gave load in the other way), then holds until `duration` is over. Only the
// held part can be judged.
struct Stage {
  std::string name{};
  Nanoseconds duration{};  // > 0
  Load load = Load::users;
  unsigned users = 0;      // Of a stage in users.
  double rate = 0;         // Of a stage in rate: iterations a second.
  unsigned max_users = 0;  // Of a stage in rate: the pool's limit, > 0.
  Nanoseconds ramp{};      // <= duration; spawn_rate is turned into this by the reader.
  bool is_warmup = false;
  Place place{};

  bool is_open() const { return load == Load::rate; }
  bool is_idle() const { return is_open() ? rate <= 0 : users == 0; }
};

}  // namespace loadgate::plan
