#pragma once

// Time as it is handed in: nothing in loadgate asks the system for the time but
// through a Clock, so tests hold time in their hand. All calls from any thread.

#include <chrono>
#include <ctime>
#include <string>

namespace loadgate {

using Nanoseconds = std::chrono::nanoseconds;
using TimePoint = std::chrono::time_point<std::chrono::steady_clock, Nanoseconds>;
using WallTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const noexcept = 0;  // Never goes back.
  virtual WallTime wall() const noexcept = 0;  // UTC.
};

// CLOCK_MONOTONIC, which is also what epoll and libcurl count by.
class SteadyClock final : public Clock {
 public:
  TimePoint now() const noexcept override;
  WallTime wall() const noexcept override;
};

inline double seconds(Nanoseconds time) { return std::chrono::duration<double>(time).count(); }
inline double milliseconds(Nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}
inline Nanoseconds from_seconds(double value) {
  return Nanoseconds(static_cast<Nanoseconds::rep>(value * 1e9));
}

// As the system takes it; 0 where `time` is negative.
timespec as_timespec(Nanoseconds time);

// "2026-11-22T03:04:05Z"; milliseconds are dropped.
std::string iso8601(WallTime time);

}  // namespace loadgate
