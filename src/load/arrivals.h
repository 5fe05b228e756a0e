#pragma once

// When iterations of open stages are due: arithmetic on elapsed time, no clock. Arrivals
// are numbered from 0 over the whole plan. Immutable, any thread.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "plan/stage.h"

namespace loadgate::load {

// A stage in rate has as many arrivals as its rate's integral, rounded; number k of it
// (from 0) is due when the integral reaches k + 1/2, so that any part of a stage has what
// its rate says to within one. Rates above 10^8/s are not told apart by the nanosecond.
class Arrivals {
 public:
  explicit Arrivals(const std::vector<plan::Stage>& stages);
  // At these moments instead, and no stage climbs. REQUIRES: rising; all within stages in rate.
  Arrivals(const std::vector<plan::Stage>& stages, std::vector<Nanoseconds> moments);

  std::uint64_t count() const { return count_; }
  Nanoseconds due(std::uint64_t number) const;  // REQUIRES: number < count().
  std::uint64_t by(Nanoseconds elapsed) const;  // How many are due at `elapsed` or before.
  double rate_at(Nanoseconds elapsed) const;    // A second; 0 outside of stages in rate.

 private:
  // A stage in rate; rates are by nanosecond.
  struct Leg {
    Nanoseconds start{}, end{};
    double ramp = 0;  // Nanoseconds.
    double from = 0, to = 0;
    std::uint64_t first = 0, count = 0;

    double in_ramp() const { return ramp * (from + to) / 2; }
    double integral(double since_start) const;
    double inverse(double integral) const;
    Nanoseconds due(std::uint64_t number) const;  // Within the leg.
  };

  std::vector<Leg> legs_;
  std::uint64_t count_ = 0;
  std::optional<std::vector<Nanoseconds>> moments_;
};

}  // namespace loadgate::load
