#pragma once

// How many users there are at any moment (in stages that give a rate none: those users are
// not of the crowd but of a pool): arithmetic on elapsed time, no clock, no sleeping. Whole
// nanoseconds throughout, so users_at and next_change always agree. Immutable, any thread.

#include <cstddef>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "plan/stage.h"

namespace loadgate::load {

class LoadShape {
 public:
  // What counts as held of a stage: what lies behind its ramp, or all of it.
  enum class Held { behind_ramp, all };
  // REQUIRES: not empty.
  explicit LoadShape(const std::vector<plan::Stage>& stages, Held held = Held::behind_ramp);

  Nanoseconds length() const;
  unsigned most_users() const;  // Of any moment.

  // Users wanted at `elapsed`: within a ramp from a to b users, user a + n starts at
  // (n - 1) steps of ramp ÷ |b - a|, the first at once; retiring runs the same way
  // down. 0 before the start and from length() on.
  unsigned users_at(Nanoseconds elapsed) const;

  // The first moment after `elapsed` at which users_at changes, or nothing.
  std::optional<Nanoseconds> next_change(Nanoseconds elapsed) const;

  // The time between two starts in the last climb begun by `elapsed`; 0: all at once.
  Nanoseconds spawn_gap(Nanoseconds elapsed) const;

  // The stage under way, or the last one after the end.
  std::size_t stage_at(Nanoseconds elapsed) const;
  bool is_held(Nanoseconds elapsed) const;
  Nanoseconds start_of(std::size_t stage) const;

 private:
  // A stage with its place in the run and the level it comes from.
  struct Leg {
    Nanoseconds start{}, end{}, ramp{};
    Nanoseconds held_from{};
    unsigned from = 0, to = 0;

    unsigned changes() const { return to > from ? to - from : from - to; }
    Nanoseconds change(unsigned number) const;           // Since start; number from 1.
    unsigned changes_by(Nanoseconds since_start) const;  // Those that have happened.
  };

  std::vector<Leg> legs_;
};

}  // namespace loadgate::load
