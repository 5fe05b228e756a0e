#pragma once

// Where the lines of a chart's axes stand: round numbers, few enough to be read. Pure, any
// thread.

#include <cstddef>
#include <vector>

#include "base/clock.h"

namespace loadgate::report {

// From 0, equally far apart; the last is the first at or above `highest`. At least two.
std::vector<double> level_ticks(double highest, std::size_t most);

// From 0 to `length` at most, in steps that clocks have: 5 s, 15 s, 1 min.
std::vector<Nanoseconds> time_ticks(Nanoseconds length, std::size_t most);

// 1, 2 and 5 of each power of ten between the two; 1 alone where that were too many, some
// more where it were hardly any.
std::vector<Nanoseconds> decade_ticks(Nanoseconds lowest, Nanoseconds highest, std::size_t most);

}  // namespace loadgate::report
