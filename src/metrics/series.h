#pragma once

// All that was measured of one request name in one stage, on one side. Plain values.

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "metrics/tally.h"

namespace loadgate::metrics {

// A span of the run, since its start.
struct Interval {
  Nanoseconds from{}, to{};
  Nanoseconds length() const { return to - from; }
};

enum class Side : std::uint8_t { head, base };  // Outside a duet all is head.

struct SeriesKey {
  Side side = Side::head;
  std::uint16_t stage = 0;
  std::uint32_t request_name = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 looks into the generated code.
  auto operator<=>(const SeriesKey&) const = default;
};

// A stretch of time of one series, ramps and warm-up included, by moment of finishing.
struct Window {
  std::uint32_t index = 0;  // Times RunResult::window_width gives its start.
  std::uint64_t requests = 0, failures = 0;
  Histogram::Packed response_times;
};

struct Series {
  SeriesKey key;
  Tally all;                    // The whole stage.
  Tally held;                   // Its held part: what is judged.
  std::vector<Window> windows;  // Rising; windows without requests are left out.
};

}  // namespace loadgate::metrics
