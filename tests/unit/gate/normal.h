#pragma once

// Normally distributed numbers from a seed, the same on every machine.

#include <cmath>
#include <numbers>

#include "base/random.h"

namespace loadgate::gate {

inline double normal(Random& random) {  // Box and Muller (1958).
  const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
  return radius * std::cos(2 * std::numbers::pi * random.unit());
}

}  // namespace loadgate::gate
