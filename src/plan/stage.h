#pragma once

// One stage of the load. Plain values.

#include <string>

#include "base/clock.h"
#include "base/place.h"

namespace loadgate::plan {

// Reaches `users` over `ramp` from wherever the stage before ended, then holds
// until `duration` is over. Only the held part can be judged.
struct Stage {
  std::string name{};
  Nanoseconds duration{};  // > 0
  unsigned users = 0;
  Nanoseconds ramp{};  // <= duration; spawn_rate is turned into this by the reader.
  bool is_warmup = false;
  Place place{};
};

}  // namespace loadgate::plan
