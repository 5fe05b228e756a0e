#pragma once

// One thread's share of the users: their timers, their requests on one transport, its
// own recorder. Worker w of W has the users whose number leaves w when divided by W.
// run() is the thread; tests turn the loop by hand. Everything but users() belongs to
// the thread that turns.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "load/load_shape.h"
#include "load/mailbox.h"
#include "load/script.h"
#include "load/timer_heap.h"
#include "load/user.h"
#include "metrics/recorder.h"
#include "transport/transport.h"

namespace loadgate::load {

class Worker {
 public:
  // All must outlive the worker.
  struct Surroundings {
    const Script& script;
    const LoadShape& shape;
    const Clock& clock;
    const Stop& stop;
    Mailbox& mailbox;
  };

  // A user whose on_start failed is replaced no sooner than this, and not faster than
  // users were spawned, so that a broken service is not hammered.
  static constexpr Nanoseconds kReplacementRest = std::chrono::seconds(1);
  // At most so many users start before the sockets are looked at again.
  static constexpr unsigned kStartsPerTurn = 32;
  // A request of a rested user counts as late beyond this.
  static constexpr Nanoseconds kLate = std::chrono::milliseconds(10);

  Worker(const Surroundings& around, transport::Transport& transport, unsigned index,
         unsigned count);

  // The thread: begins, turns until all is over, says so in the mailbox.
  void run(const Epoch& epoch);

  void begin(const Epoch& epoch);
  // Waits for whatever comes next and handles it. False once every user has left.
  bool turn();

  unsigned users() const noexcept { return users_.load(std::memory_order_relaxed); }  // Any thread.

  // Once over.
  struct Account {
    Nanoseconds cpu{};          // Of the thread.
    Nanoseconds length{};       // From the start until the worker was done.
    Nanoseconds last_answer{};  // Since the start.
    std::uint64_t reconnects = 0;
  };
  const Account& account() const { return account_; }

 private:
  // The place of one user of the plan; lives come and go.
  struct Seat {
    std::uint32_t number = 0;  // Within this worker.
    std::uint32_t lives = 0;
    std::uint32_t ticket = 0;  // Only the timer that carries it counts.
    std::unique_ptr<User> user;
    transport::Channel* channel = nullptr;
  };

  Nanoseconds since_start(TimePoint moment) const { return moment - epoch_.start; }
  bool is_held(Nanoseconds elapsed) const;
  bool is_judged(Nanoseconds elapsed) const;
  bool must_cut_off() const;

  TimePoint next_event();
  void follow_shape();
  void fire_timers();
  void take_answers();
  void start_users();
  void cut_off();
  void let_go();

  void make(Seat& seat, const Move& move);
  void occupy(Seat& seat);
  void vacate(Seat& seat);
  void close(Seat& seat);
  void rest(Seat& seat, TimePoint until);
  TimePoint replacement_time();

  Answer take_answer(Seat& seat);
  void record(const User& user, const Answer& answer);
  void record_timed_send(const User& user, TimePoint due);
  void record_lag();
  void seal_before(Nanoseconds elapsed);
  void seal();

  const Surroundings around_;
  transport::Transport& transport_;
  const unsigned index_, count_;
  Epoch epoch_;
  TimePoint now_;  // Of this turn.

  std::vector<Seat> seats_;   // Never resized once filled: exchanges know their seat.
  std::uint32_t wanted_ = 0;  // Seats [0, wanted_) shall be taken.
  std::uint32_t opened_ = 0;  // Of those, how many have been; grows in steps.
  std::atomic<unsigned> users_{0};
  std::optional<Nanoseconds> next_change_{Nanoseconds::zero()};
  TimePoint next_replacement_;

  TimerHeap timers_;
  std::vector<Timer> due_;
  std::vector<transport::Exchange*> done_;
  std::size_t in_flight_ = 0;

  metrics::Recorder recorder_;
  std::uint32_t second_ = 0;
  Sealed under_way_;  // Only its counts; the batch is the recorder's.
  Account account_;
};

}  // namespace loadgate::load
