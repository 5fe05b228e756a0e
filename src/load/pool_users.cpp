// Who starts, takes an arrival, idles and retires; when arrivals come is in pool.cpp.

#include <memory>
#include <utility>

#include "load/pool.h"

namespace loadgate::load {

// Sees to it that there is a user on the way for everyone who waits. False where that
// cannot be.
bool Pool::provide(std::size_t scenario, TimePoint now) {
  Crew& crew = crews_[scenario];
  if (crew.waiting.size() <= crew.starting + crew.owed) return true;
  if (now < crew.barred_until) return false;
  if (active_ + debts() >= limit_ && !retire_idle(scenario, now)) return false;
  if (empty_.empty()) {
    ++crew.owed;
  } else {
    start(scenario, now);
  }
  return true;
}

// A free user of another scenario than this, from where most are free.
bool Pool::retire_idle(std::size_t but_of, TimePoint now) {
  Crew* richest = nullptr;
  for (std::size_t i = 0; i < crews_.size(); ++i) {
    if (i == but_of || crews_[i].idle.empty()) continue;
    if (richest == nullptr || crews_[i].idle.size() > richest->idle.size()) richest = &crews_[i];
  }
  if (richest == nullptr) return false;
  Seat& seat = seats_[richest->idle.front()];
  richest->idle.erase(richest->idle.begin());
  retire(seat, now);
  return true;
}

void Pool::trim(TimePoint now) {
  while (active_ > limit_ && retire_idle(crews_.size(), now)) {
  }
}

void Pool::start(std::size_t scenario, TimePoint now) {
  Seat& seat = seats_[empty_.back()];
  empty_.pop_back();
  place_of(seat) = {static_cast<std::uint32_t>(scenario), true, true};
  ++active_;
  ++crews_[scenario].starting;
  // Beyond the users of the crowd, and no number twice over all workers.
  const std::size_t index = around_.shape.most_users() + part_.index + part_.count * made_++;
  const plan::Scenario& plays = around_.script.plan().scenarios[scenario];
  seats_.occupy(seat, std::make_unique<User>(around_.script, epoch_, plays,
                                             User::Identity{.index = index, .life = 0}));
  heed(seat, seat.user->begin(now), now);
}

void Pool::start_spares(std::size_t scenario, TimePoint now) {
  Crew& crew = crews_[scenario];
  const plan::Scenario& plays = around_.script.plan().scenarios[scenario];
  if (plays.on_start.empty() || is_over(crew)) return;
  while (crew.idle.size() + crew.starting < crew.waiting.size() + kSpares &&
         active_ + debts() < limit_ && !empty_.empty() && now >= crew.barred_until) {
    start(scenario, now);
  }
}

void Pool::heed(Seat& seat, Move move, TimePoint now) {
  Place& place = place_of(seat);
  if (place.is_active && seat.user->is_retired()) {
    place.is_active = false;
    --active_;
  }
  switch (move.kind) {
    case Move::Kind::idle:
      free(seat, now);
      break;
    case Move::Kind::leave:
      vacate(seat, now);
      break;
    default:
      seats_.make(seat, move);
  }
}

// A user has nothing to do: whoever waits longest is served.
void Pool::free(Seat& seat, TimePoint now) {
  Place& place = place_of(seat);
  Crew& crew = crews_[place.scenario];
  if (std::exchange(place.is_starting, false)) --crew.starting;
  const bool is_stopping = now - epoch_.start >= around_.stop.end();
  if (active_ > limit_ || is_stopping) {
    retire(seat, now);
  } else if (crew.waiting.empty()) {
    crew.idle.push_back(seat.number);
  } else {
    const Arrival arrival = crew.waiting.front();
    crew.waiting.pop_front();
    give(seat, arrival, now);
  }
}

void Pool::retire(Seat& seat, TimePoint now) {
  seats_.forget_timer(seat);
  heed(seat, seat.user->retire(now), now);
}

void Pool::vacate(Seat& seat, TimePoint now) {
  const Place place = std::exchange(place_of(seat), {});
  Crew& crew = crews_[place.scenario];
  const bool failed_to_start = seat.user->failed_to_start();
  seats_.vacate(seat);
  empty_.push_back(seat.number);
  if (place.is_active) --active_;
  if (place.is_starting) --crew.starting;
  if (failed_to_start) crew.barred_until = now + kBar;
  while (crew.waiting.size() > crew.starting + crew.owed) {
    drop(crew.waiting.front(), "the user that should have taken it could not start", now);
    crew.waiting.pop_front();
  }
  pay_debts(now);
}

// Starts users for whom a seat has become empty.
void Pool::pay_debts(TimePoint now) {
  for (std::size_t i = 0; i < crews_.size(); ++i) {
    while (crews_[i].owed > 0 && !empty_.empty()) {
      --crews_[i].owed;
      start(i, now);
    }
  }
}

}  // namespace loadgate::load
