#pragma once

// A worker's share of one lane: the crowd of users, the pool for arrivals, their seats and
// what is written down of their requests. The worker's thread; users() and supply() from
// any.

#include <atomic>
#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "load/crowd.h"
#include "load/journal.h"
#include "load/pool.h"
#include "load/seats.h"
#include "load/surroundings.h"
#include "transport/transport.h"

namespace loadgate::load {

// What there is to do for want of data.
enum class Supply : std::uint8_t { nothing_wanted, enough, run_dry };

class Share {
 public:
  // A request of a rested user counts as late beyond this.
  static constexpr Nanoseconds kLate = std::chrono::milliseconds(10);

  // `lane`: which one it is, for seats to tell.
  Share(const Surroundings& around, std::uint32_t lane, transport::Transport& transport, Part part);

  void begin(const Epoch& epoch);

  // The moment of whatever comes first but for an answer or the end.
  TimePoint next_event(TimePoint now);

  // In this order, each turn.
  void follow(TimePoint now) { crowd_.follow(now); }  // First: who retires begins no new task.
  const std::vector<Timer>& take_due(TimePoint now) { return seats_.take_due(now); }
  void fire(const Timer& timer, TimePoint now);
  void take_answer(const transport::Exchange& exchange, TimePoint now);
  Pool& pool() { return pool_; }  // After answers: those users are free for what is due.
  void start_users(TimePoint now) { crowd_.start_users(now); }
  // Finished requests were kept waiting until `then`.
  void lagged(TimePoint now, TimePoint then) { journal_.lagged(now, then); }
  void end_turn(TimePoint now);

  // Without on_stop; what is under way comes back to let_go(), then everyone leaves.
  void dismiss();
  void cancel_all() { seats_.cancel_all(); }
  void let_go(const transport::Exchange& exchange) { seats_.let_go(Seats::seat_of(exchange)); }
  void vacate_all() { seats_.vacate_all(); }

  bool is_over() const { return users() == 0 && pool_.is_closed(); }
  void close() { journal_.seal(); }  // REQUIRES: the worker is over.

  unsigned users() const noexcept { return seats_.users(); }
  Supply supply() const noexcept { return supply_.load(std::memory_order_relaxed); }
  Nanoseconds last_answer() const { return journal_.last_answer(); }
  std::uint64_t reconnects() const { return journal_.reconnects(); }

 private:
  void heed(Seat& seat, const Move& move, TimePoint now);
  void note_supply();
  bool is_of_crowd(const Seat& seat) const { return seat.number < crowd_size_; }

  const Surroundings around_;
  TimePoint start_;
  Journal journal_;
  const std::uint32_t crowd_size_;
  Seats seats_;  // The crowd's, then the pool's.
  Crowd crowd_;
  Pool pool_;
  std::atomic<Supply> supply_{Supply::enough};
};

}  // namespace loadgate::load
