#pragma once

// Whether the generator did its own part: what it counts about itself while a run goes
// on, and what that means. Main thread.
//
// A run is invalid where the generator was late again and again: by its Punctuality
// over the whole run, and in kSpoiltSeconds of its seconds. One hiccup of the machine
// is in the numbers like other noise and is only warned of.

#include <cstdint>

#include "load/mailbox.h"
#include "load/punctuality.h"
#include "metrics/run_result.h"

namespace loadgate::load {

inline constexpr unsigned kSpoiltSeconds = 3;  // Or half of a shorter run.
inline constexpr double kBusyWorker = 0.9;
inline constexpr double kSteal = 0.05;

// How many different seconds were counted; workers report them about in order.
class Seconds {
 public:
  void count(std::uint32_t second) {
    if (count_ > 0 && second <= newest_) return;
    newest_ = second;
    ++count_;
  }
  unsigned count() const { return count_; }

 private:
  std::uint32_t newest_ = 0;
  unsigned count_ = 0;
};

// What is known about the generator. Seconds in which nothing judged happened are not
// among them.
struct SelfWatch {
  Punctuality wanted;
  std::uint64_t timed_sends = 0, late_sends = 0;
  std::uint64_t arrivals = 0, dropped = 0;
  metrics::Histogram lateness;
  Seconds seconds, late_seconds, lagging_seconds;

  void add(const Sealed& sealed);
};

// The rest, known once the run is over.
struct Spent {
  double cpu_share = 0;       // Of the workers together.
  double busiest_worker = 0;  // 0 to 1.
  double steal_share = 0;
  Nanoseconds loop_lag_p99{};
  std::uint64_t reconnects = 0;
  std::uint64_t out_of_descriptors = 0;  // Requests that failed so.
  bool is_saturated = false;             // A judged stage has users without any wait.
};

metrics::Health judge_health(const SelfWatch& watch, const Spent& spent);

}  // namespace loadgate::load
