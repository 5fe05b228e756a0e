#include "base/clock.h"

#include <fmt/chrono.h>

namespace loadgate {

TimePoint SteadyClock::now() const noexcept { return std::chrono::steady_clock::now(); }

WallTime SteadyClock::wall() const noexcept {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string iso8601(WallTime time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace loadgate
