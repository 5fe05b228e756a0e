#pragma once

// A worker's part of the users of closed stages: follows the load shape, in which seat n
// is taken while n users are wanted. The worker's thread.

#include <cstdint>
#include <optional>
#include <vector>

#include "load/seats.h"
#include "load/surroundings.h"

namespace loadgate::load {

class Crowd {
 public:
  // A user whose on_start failed is replaced no sooner than this, and not faster than
  // users were spawned, so that a broken service is not hammered.
  static constexpr Nanoseconds kReplacementRest = std::chrono::seconds(1);
  // At most so many users start before the sockets are looked at again.
  static constexpr unsigned kStartsPerTurn = 32;

  // Has the seats [0, size()).
  Crowd(const Surroundings& around, Part part, Seats& seats);
  static std::uint32_t size(const LoadShape& shape, Part part) {
    return part.of(shape.most_users());
  }

  void begin(const Epoch& epoch) { epoch_ = epoch; }
  void follow(TimePoint now);  // Retires who is no longer wanted.
  void start_users(TimePoint now);
  std::optional<Nanoseconds> next_change() const { return next_change_; }
  bool has_users_to_start() const { return opened_ < wanted_; }

  // What a user wants after an answer or a rest.
  void heed(Seat& seat, const Move& move, TimePoint now);
  // The rest before a replacement is over.
  void replace(Seat& seat, TimePoint now);
  void dismiss();  // Everyone has been sent away.

  // Users are wanted, and all of those who were have ended because data ran out.
  bool has_run_dry() const { return wanted_ > 0 && ended_ == wanted_; }
  bool is_wanted() const { return wanted_ > 0; }

 private:
  void occupy(Seat& seat, TimePoint now);
  void vacate(Seat& seat, TimePoint now);
  TimePoint replacement_time(TimePoint now);
  Nanoseconds since_start(TimePoint moment) const { return moment - epoch_.start; }

  const Surroundings& around_;
  const Part part_;
  Seats& seats_;
  Epoch epoch_;
  std::uint32_t wanted_ = 0;  // Seats [0, wanted_) shall be taken.
  std::uint32_t opened_ = 0;  // Of those, how many have been; grows in steps.
  std::uint32_t ended_ = 0;   // Of those, who ended because data ran out.
  std::vector<bool> has_ended_;
  std::optional<Nanoseconds> next_change_{Nanoseconds::zero()};
  TimePoint next_replacement_;
};

}  // namespace loadgate::load
