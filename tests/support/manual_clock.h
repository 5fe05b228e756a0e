#pragma once

// Time that stands still until a test moves it. Any thread.

#include <atomic>

#include "base/clock.h"

namespace loadgate::support {

class ManualClock final : public Clock {
 public:
  TimePoint now() const noexcept override { return TimePoint(Nanoseconds(now_.load())); }

  // Runs along with now(), from 2026-01-02T03:04:05Z on.
  WallTime wall() const noexcept override {
    const Nanoseconds passed(now_.load() - kBeginning);
    return WallTime(std::chrono::milliseconds(1767323045000)) +
           std::chrono::floor<std::chrono::milliseconds>(passed);
  }

  void advance(Nanoseconds by) { now_ += by.count(); }

  // Never backwards.
  void advance_to(TimePoint moment) {
    if (moment > now()) now_ = moment.time_since_epoch().count();
  }

 private:
  // Not zero, so that a forgotten start time shows.
  static constexpr Nanoseconds::rep kBeginning = 1'000'000'000'000;
  std::atomic<Nanoseconds::rep> now_{kBeginning};
};

}  // namespace loadgate::support
