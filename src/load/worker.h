#pragma once

// One thread with its share of every lane, all on one transport and in one loop, so that
// nothing of ours tells the lanes apart: what is due in the same turn is done in the order
// it was due, whichever lane it is of. Worker w of W has the users whose number leaves w
// when divided by W, and the arrivals for those users. run() is the thread; tests turn the
// loop by hand. Everything but users() and supply() belongs to the thread that turns.

#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "load/share.h"
#include "load/surroundings.h"
#include "transport/transport.h"

namespace loadgate::load {

class Worker {
 public:
  using Supply = load::Supply;

  // REQUIRES: all lanes have the same clock and stop; not empty.
  Worker(const std::vector<Surroundings>& lanes, transport::Transport& transport, Part part);
  Worker(const Surroundings& only, transport::Transport& transport, Part part)
      : Worker(std::vector<Surroundings>{only}, transport, part) {}

  // The thread: begins, turns until all is over, says so in all mailboxes.
  void run(const Epoch& epoch);

  void begin(const Epoch& epoch);
  // Waits for whatever comes next and handles it. False once every user has left.
  bool turn();

  // Any thread.
  unsigned users(std::size_t lane = 0) const noexcept { return shares_[lane]->users(); }
  Supply supply(std::size_t lane = 0) const noexcept { return shares_[lane]->supply(); }

  // Once over.
  struct Account {
    Nanoseconds cpu{};          // Of the thread.
    Nanoseconds length{};       // From the start until the worker was done.
    Nanoseconds last_answer{};  // Of the lane, since the start.
    std::uint64_t reconnects = 0;
  };
  Account account(std::size_t lane = 0) const;

 private:
  struct Alarm {
    Timer timer;
    std::size_t lane = 0;
  };

  static bool comes_first(const Alarm& a, const Alarm& b);
  bool must_cut_off() const;
  bool is_over() const;
  TimePoint next_event();
  void handle();
  void fire_timers();
  void take_answers();
  void advance_pools();
  void note_lag();
  void cut_off();
  void let_go();
  void close();

  Share& share_of(const transport::Exchange& exchange) {
    return *shares_[Seats::seat_of(exchange).lane];
  }
  Nanoseconds elapsed() const { return now_ - start_; }

  transport::Transport& transport_;
  const Clock& clock_;
  const Stop& stop_;
  std::vector<Mailbox*> mailboxes_;
  std::vector<std::unique_ptr<Share>> shares_;  // By lane.
  TimePoint start_;
  TimePoint now_;  // Of this turn.
  std::vector<transport::Exchange*> done_;
  std::vector<Alarm> alarms_;
  Nanoseconds cpu_{}, length_{};
};

}  // namespace loadgate::load
