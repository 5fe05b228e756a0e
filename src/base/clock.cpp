#include "base/clock.h"

#include <fmt/chrono.h>

#include <algorithm>

namespace loadgate {

TimePoint SteadyClock::now() const noexcept { return std::chrono::steady_clock::now(); }

WallTime SteadyClock::wall() const noexcept {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

timespec as_timespec(Nanoseconds time) {
  const Nanoseconds left = std::max(time, Nanoseconds::zero());
  const auto whole = std::chrono::duration_cast<std::chrono::seconds>(left);
  return {whole.count(), (left - whole).count()};
}

std::string iso8601(WallTime time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace loadgate
