#pragma once

// What threads of a run share: the stop, set by the main thread and read by workers
// (a worker asleep is woken through its transport), and the way back, by which
// workers hand over what they measured.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "metrics/recorder.h"

namespace loadgate::load {

// When users must stop, since the start of the run. end() begins as the length of the
// stages and only shrinks; limit() is when whatever is still under way is cut off.
class Stop {
 public:
  Stop(Nanoseconds length, Nanoseconds patience) : end_(length.count()), patience_(patience) {}

  Nanoseconds end() const { return Nanoseconds(end_.load(std::memory_order_relaxed)); }
  Nanoseconds limit() const { return end() + patience_; }
  bool is_now() const { return is_now_.load(std::memory_order_acquire); }

  void gently(Nanoseconds elapsed) {
    if (elapsed < end()) end_.store(elapsed.count(), std::memory_order_relaxed);
  }
  void now(Nanoseconds elapsed) {
    gently(elapsed);
    is_now_.store(true, std::memory_order_release);  // Who sees it sees the end too.
  }

 private:
  std::atomic<Nanoseconds::rep> end_;
  const Nanoseconds patience_;
  std::atomic<bool> is_now_{false};
};

// One second of one worker.
struct Sealed {
  metrics::Batch batch;
  // Of the held parts of judged stages: requests of users who rested before or whom an
  // arrival found free, and those of them sent later than they should have been.
  std::uint64_t timed_sends = 0, late_sends = 0;
  // Of all open stages: iterations that were due, and those no user was free for.
  std::uint64_t arrivals = 0, dropped = 0;
};

class Mailbox {
 public:
  void push(Sealed sealed) {
    const std::lock_guard lock(mutex_);
    sealed_.push_back(std::move(sealed));
  }

  void worker_finished() {
    {
      const std::lock_guard lock(mutex_);
      ++finished_;
    }
    something_finished_.notify_one();
  }

  std::vector<Sealed> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(sealed_, {});
  }

  // True as soon as `workers` have finished; false after `patience`.
  bool wait_for_finish(unsigned workers, Nanoseconds patience) {
    std::unique_lock lock(mutex_);
    return something_finished_.wait_for(lock, patience, [&] { return finished_ >= workers; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable something_finished_;
  std::vector<Sealed> sealed_;  // Guarded by mutex_, as is finished_.
  unsigned finished_ = 0;
};

}  // namespace loadgate::load
