#pragma once

// The places of a worker's users: who sits where, on which channel, and when they want to
// be called. Does what users ask of the wire and of the clock; who sits down and why is
// the crowd's and the pool's. The worker's thread; users() from any.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "load/journal.h"
#include "load/timer_heap.h"
#include "load/user.h"
#include "transport/transport.h"

namespace loadgate::load {

// Lives come and go.
struct Seat {
  std::uint32_t number = 0;
  std::uint32_t lane = 0;
  std::uint32_t lives = 0;
  std::uint32_t ticket = 0;  // Only the timer that carries it counts.
  std::unique_ptr<User> user;
  transport::Channel* channel = nullptr;
};

class Seats {
 public:
  Seats(transport::Transport& transport, Journal& journal, std::size_t count, std::uint32_t lane);

  Seat& operator[](std::size_t number) { return seats_[number]; }
  std::size_t size() const { return seats_.size(); }
  unsigned users() const noexcept { return users_.load(std::memory_order_relaxed); }

  // REQUIRES: the seat is empty; then: it is not.
  void occupy(Seat& seat, std::unique_ptr<User> user);
  void vacate(Seat& seat);

  // Sends or sets the timer where the move says so.
  void make(Seat& seat, const Move& move);
  void rest(Seat& seat, TimePoint until);
  // The timer under way no longer counts.
  void forget_timer(Seat& seat) { ++seat.ticket; }

  // When the next timer comes up, and those that have.
  std::optional<TimePoint> next_timer();
  const std::vector<Timer>& take_due(TimePoint now);
  // False where a timer was forgotten meanwhile; it counts once.
  bool redeem(const Timer& timer);

  // Writes the answer down. REQUIRES: `exchange` came back from the wire.
  static Seat& seat_of(const transport::Exchange& exchange) {
    return *static_cast<Seat*>(exchange.owner);
  }
  Answer take_answer(Seat& seat);

  // At the very end: whoever got an answer leaves with it, what is under way is cancelled,
  // and once that has come back too, the others leave.
  void let_go(Seat& seat);
  void cancel_all();
  void vacate_all();

 private:
  transport::Transport& transport_;
  Journal& journal_;
  std::vector<Seat> seats_;  // Never resized once filled: exchanges know their seat.
  TimerHeap timers_;
  std::vector<Timer> due_;
  std::size_t in_flight_ = 0;
  std::atomic<unsigned> users_{0};
};

}  // namespace loadgate::load
