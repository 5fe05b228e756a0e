#pragma once

// One thread's share of the load: its crowd of users, its pool for arrivals, their
// requests on one transport. Worker w of W has the users whose number leaves w when
// divided by W, and the arrivals for those users. run() is the thread; tests turn the loop by hand.
// Everything but users() and supply() belongs to the thread that turns.

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

class Worker {
 public:
  // A request of a rested user counts as late beyond this.
  static constexpr Nanoseconds kLate = std::chrono::milliseconds(10);

  Worker(const Surroundings& around, transport::Transport& transport, Part part);

  // The thread: begins, turns until all is over, says so in the mailbox.
  void run(const Epoch& epoch);

  void begin(const Epoch& epoch);
  // Waits for whatever comes next and handles it. False once every user has left.
  bool turn();

  unsigned users() const noexcept { return seats_.users(); }  // Any thread.

  // What there is to do for want of data. Any thread.
  enum class Supply : std::uint8_t { nothing_wanted, enough, run_dry };
  Supply supply() const noexcept { return supply_.load(std::memory_order_relaxed); }

  // Once over.
  struct Account {
    Nanoseconds cpu{};          // Of the thread.
    Nanoseconds length{};       // From the start until the worker was done.
    Nanoseconds last_answer{};  // Since the start.
    std::uint64_t reconnects = 0;
  };
  const Account& account() const { return account_; }

 private:
  bool must_cut_off() const;
  bool is_over() const;
  TimePoint next_event();
  void handle();
  void fire_timers();
  void fire(Seat& seat, TimePoint due);
  void take_answers();
  void heed(Seat& seat, const Move& move);
  void cut_off();
  void note_supply();

  bool is_of_crowd(const Seat& seat) const { return seat.number < crowd_size_; }
  Nanoseconds elapsed() const { return now_ - start_; }

  const Surroundings around_;
  transport::Transport& transport_;
  TimePoint start_;
  TimePoint now_;  // Of this turn.

  Journal journal_;
  const std::uint32_t crowd_size_;
  Seats seats_;  // The crowd's, then the pool's.
  Crowd crowd_;
  Pool pool_;
  std::vector<transport::Exchange*> done_;
  std::atomic<Supply> supply_{Supply::enough};
  Account account_;
};

}  // namespace loadgate::load
