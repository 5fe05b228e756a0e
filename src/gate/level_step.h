#pragma once

// Which stored runs show the level that a service has now, once it got faster. Pure,
// inside gate only.

#include "gate/stored_units.h"

namespace loadgate::gate {

// The newest units alone where at least three of them in a row, a first one and two that
// confirm it, lie below all before them, and by what matters; otherwise all. `worse` is a
// level that rises as things get worse, `least` the smallest step, both on the scale of
// logarithms. Runs of one boot show no level: all of them stay.
// REQUIRES: groups in the order of time.
Units newest_level(const Units& units, const Level& worse, double least);

}  // namespace loadgate::gate
