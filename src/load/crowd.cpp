#include "load/crowd.h"

#include <algorithm>
#include <memory>

namespace loadgate::load {

Crowd::Crowd(const Surroundings& around, Part part, Seats& seats)
    : around_(around), part_(part), seats_(seats), has_ended_(size(around.shape, part)) {}

void Crowd::follow(TimePoint now) {
  const Nanoseconds elapsed = since_start(now);
  if (elapsed >= around_.stop.end()) {
    wanted_ = 0;
    next_change_.reset();
  } else if (next_change_ && elapsed >= *next_change_) {
    wanted_ = part_.of(around_.shape.users_at(elapsed));
    next_change_ = around_.shape.next_change(elapsed);
  }
  while (opened_ > wanted_) {
    Seat& seat = seats_[--opened_];
    if (has_ended_[seat.number]) --ended_;
    has_ended_[seat.number] = false;
    if (seat.user && seat.user->is_retired()) continue;  // From an earlier descent.
    seats_.forget_timer(seat);
    if (seat.user) heed(seat, seat.user->retire(now), now);
  }
}

void Crowd::start_users(TimePoint now) {
  for (unsigned started = 0; opened_ < wanted_ && started < kStartsPerTurn; ++started) {
    Seat& seat = seats_[opened_++];
    if (!seat.user) occupy(seat, now);  // Else vacate() will, when the retired user has left.
  }
}

void Crowd::heed(Seat& seat, const Move& move, TimePoint now) {
  if (move.kind == Move::Kind::leave) {
    vacate(seat, now);
  } else {
    seats_.make(seat, move);
  }
}

void Crowd::replace(Seat& seat, TimePoint now) { occupy(seat, now); }

void Crowd::occupy(Seat& seat, TimePoint now) {
  const std::size_t index = seat.number * std::size_t{part_.count} + part_.index;
  seats_.occupy(seat, std::make_unique<User>(around_.script, epoch_, index, seat.lives++));
  heed(seat, seat.user->begin(now), now);
}

// The life in this seat is over; another begins where the shape still wants one.
void Crowd::vacate(Seat& seat, TimePoint now) {
  const bool failed_to_start = seat.user->failed_to_start();
  const bool ran_out = seat.user->ran_out() != nullptr;
  seats_.vacate(seat);
  if (seat.number >= opened_) return;
  if (ran_out) {
    has_ended_[seat.number] = true;
    ++ended_;
  } else if (failed_to_start) {
    seats_.rest(seat, replacement_time(now));
  } else {
    occupy(seat, now);
  }
}

void Crowd::dismiss() {
  wanted_ = opened_ = 0;
  next_change_.reset();
}

TimePoint Crowd::replacement_time(TimePoint now) {
  const Nanoseconds gap = around_.shape.spawn_gap(since_start(now)) * part_.count;
  next_replacement_ = std::max(now + kReplacementRest, next_replacement_ + gap);
  return next_replacement_;
}

}  // namespace loadgate::load
