#include "load/seats.h"

#include <cassert>
#include <utility>

namespace loadgate::load {

Seats::Seats(transport::Transport& transport, Journal& journal, std::size_t count,
             std::uint32_t lane)
    : transport_(transport), journal_(journal), seats_(count) {
  for (std::size_t i = 0; i < count; ++i) {
    seats_[i].number = static_cast<std::uint32_t>(i);
    seats_[i].lane = lane;
  }
}

void Seats::occupy(Seat& seat, std::unique_ptr<User> user) {
  assert(!seat.user);
  seat.user = std::move(user);
  seat.user->exchange().owner = &seat;
  seat.channel = &transport_.open();
  users_.store(users() + 1, std::memory_order_relaxed);
}

void Seats::vacate(Seat& seat) {
  transport_.close(*seat.channel);
  seat.channel = nullptr;
  seat.user.reset();
  users_.store(users() - 1, std::memory_order_relaxed);
}

void Seats::make(Seat& seat, const Move& move) {
  if (move.kind == Move::Kind::send) {
    ++in_flight_;
    transport_.start(*seat.channel, seat.user->exchange());
  } else if (move.kind == Move::Kind::rest) {
    rest(seat, move.until);
  }
}

void Seats::rest(Seat& seat, TimePoint until) { timers_.push({until, seat.number, ++seat.ticket}); }

std::optional<TimePoint> Seats::next_timer() {
  while (!timers_.empty() && seats_[timers_.top().seat].ticket != timers_.top().ticket) {
    timers_.pop();
  }
  if (timers_.empty()) return std::nullopt;
  return timers_.top().due;
}

// Apart from the heap, because what fires sets new timers, and those wait for the next turn.
const std::vector<Timer>& Seats::take_due(TimePoint now) {
  due_.clear();
  while (!timers_.empty() && timers_.top().due <= now) {
    due_.push_back(timers_.top());
    timers_.pop();
  }
  return due_;
}

bool Seats::redeem(const Timer& timer) {
  Seat& seat = seats_[timer.seat];
  if (seat.ticket != timer.ticket) return false;
  ++seat.ticket;
  return true;
}

Answer Seats::take_answer(Seat& seat) {
  --in_flight_;
  Answer answer = seat.user->read_answer();
  journal_.answered(*seat.user, answer);
  return answer;
}

void Seats::let_go(Seat& seat) {
  take_answer(seat);
  vacate(seat);
}

void Seats::cancel_all() {
  for (const Seat& seat : seats_) {
    if (seat.user && seat.user->is_in_flight()) transport_.cancel(seat.user->exchange());
  }
}

void Seats::vacate_all() {
  assert(in_flight_ == 0);
  for (Seat& seat : seats_) {
    if (seat.user) vacate(seat);
  }
}

}  // namespace loadgate::load
