#pragma once

// A worker's part of the open stages: arrivals as they fall due, and the users who take
// them. The worker's thread.
//
// An arrival of a scenario takes a user of it who is free. Where none is, one more starts
// (its on_start first) while the pool is below its limit; at the limit a free user of
// another scenario makes room. Otherwise the arrival is dropped at once: all users wait
// for the target. A pool grows as needed and shrinks where a stage has a lower limit; in
// stages of users there is none.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "load/seats.h"
#include "load/surroundings.h"

namespace loadgate::load {

class Pool {
 public:
  // An arrival sent later than this after due, or than kLateShare of the mean gap where
  // that is more, counts as late if a user was free.
  static constexpr Nanoseconds kLate = std::chrono::milliseconds(10);
  static constexpr double kLateShare = 0.01;
  // So many users of a scenario with an on_start are kept free, so that arrivals seldom
  // wait for it.
  static constexpr std::size_t kSpares = 2;
  // After an on_start failed no user of its scenario starts for so long.
  static constexpr Nanoseconds kBar = std::chrono::seconds(1);

  // At most so many arrivals of all lanes begin before the sockets are looked at again, so
  // that after a hiccup of the generator users who have become free meanwhile take what is
  // overdue.
  static constexpr unsigned kArrivalsPerTurn = 32;

  // Has the seats [first_seat, seats.size()).
  Pool(const Surroundings& around, Part part, Seats& seats, Journal& journal,
       std::size_t first_seat);
  // The most of any stage; all workers' together are the limit, and some may have none.
  static std::uint32_t size(const std::vector<unsigned>& limits, Part part);

  void begin(const Epoch& epoch) { epoch_ = epoch; }
  // The next arrival, or change of stage.
  Nanoseconds next_event() const {
    return is_closed_ ? Nanoseconds::max() : std::min(end_of_stage(), next_due_);
  }
  // Does what comes next. REQUIRES: next_event() is not after `now`.
  void advance(TimePoint now);

  // What a user wants after an answer or a rest.
  void heed(Seat& seat, Move move, TimePoint now);
  void dismiss();  // Everyone has been sent away.

  // Arrivals are wanted, but the data of all scenarios ran out and nobody is at work.
  bool has_run_dry() const;
  bool is_wanted() const { return limit_ > 0; }
  bool is_closed() const { return is_closed_; }  // Nothing more will begin.

 private:
  struct Arrival {
    std::uint64_t number = 0;
    Nanoseconds due{};
    TimePoint admitted;
  };
  // Users of one scenario.
  struct Crew {
    std::vector<std::uint32_t> idle;  // Seats; who came last goes first, its connection is warm.
    std::deque<Arrival> waiting;      // For users who are starting; longest first.
    std::size_t starting = 0;
    std::size_t owed = 0;  // To be started as soon as a seat is empty.
    TimePoint barred_until;
    std::vector<std::size_t> data;  // That its tasks read and all users share.
  };
  // What is known of a seat of the pool.
  struct Place {
    std::uint32_t scenario = 0;
    bool is_starting = false;
    bool is_active = false;  // Neither empty nor retired.
  };

  Nanoseconds end_of_stage() const { return std::min(stage_end_, around_.stop.end()); }
  void enter(std::size_t stage, TimePoint now);
  std::uint64_t own_from(std::uint64_t number) const;
  void look_out_from(std::uint64_t number);
  void send_home(TimePoint now);
  void admit(const Arrival& arrival, TimePoint now);
  void give(Seat& seat, const Arrival& arrival, TimePoint now);
  bool provide(std::size_t scenario, TimePoint now);
  bool retire_idle(std::size_t but_of, TimePoint now);
  void trim(TimePoint now);
  void start(std::size_t scenario, TimePoint now);
  void start_spares(std::size_t scenario, TimePoint now);
  void retire(Seat& seat, TimePoint now);
  void free(Seat& seat, TimePoint now);
  void vacate(Seat& seat, TimePoint now);
  void pay_debts(TimePoint now);
  void drop(const Arrival& arrival, const std::string& why, TimePoint now);
  Nanoseconds late_after(Nanoseconds due) const;
  bool is_over(const Crew& crew) const;  // No row is left for it.
  std::size_t debts() const;

  Place& place_of(const Seat& seat) { return places_[seat.number - first_seat_]; }
  std::size_t scenario_of(std::uint64_t arrival) const {
    return around_.script.scenario_of_arrival(arrival);
  }

  const Surroundings& around_;
  const Part part_;
  Seats& seats_;
  Journal& journal_;
  const std::size_t first_seat_;
  Epoch epoch_;

  std::size_t stage_ = 0;
  Nanoseconds stage_end_{};  // As planned.
  bool has_begun_ = false, is_closed_ = false;
  std::uint32_t limit_ = 0;   // Of this worker in this stage.
  std::uint32_t active_ = 0;  // Users who are not retired.
  std::uint64_t next_ = 0;    // Arrival.
  Nanoseconds next_due_{};    // The same; max() where there is none.
  std::size_t made_ = 0;      // Users, ever.
  std::vector<Crew> crews_;   // By scenario.
  std::vector<Place> places_;
  std::vector<std::uint32_t> empty_;  // Seats.
};

}  // namespace loadgate::load
