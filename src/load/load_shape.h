#pragma once

// How many users there are at any moment: arithmetic on elapsed time, no clock, no
// sleeping. Immutable, any thread.

#include <optional>
#include <vector>

#include "base/clock.h"
#include "plan/stage.h"

namespace loadgate::load {

class LoadShape {
 public:
  explicit LoadShape(const std::vector<plan::Stage>& stages);

  Nanoseconds length() const;

  // Users wanted at `elapsed`: within a ramp from a to b users, user a + n starts at
  // (n - 1) steps of ramp ÷ |b - a|, the first at once; retiring runs the same way
  // down. 0 from length() on.
  unsigned users_at(Nanoseconds elapsed) const;

  // The first moment after `elapsed` at which users_at changes, or nothing.
  std::optional<Nanoseconds> next_change(Nanoseconds elapsed) const;

  // The stage under way, or the last one after the end.
  std::size_t stage_at(Nanoseconds elapsed) const;
  bool is_held(Nanoseconds elapsed) const;
  Nanoseconds start_of(std::size_t stage) const;
};

}  // namespace loadgate::load
