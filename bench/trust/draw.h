#pragma once

// Which of all that is recorded goes into a gate. Pure; one thread.

#include <cstdint>
#include <vector>

#include "base/random.h"

namespace loadgate::trust {

enum class Order : std::uint8_t {
  chance,  // Any, each at most once: as if they had nothing to do with each other.
  row,     // As they followed each other, from a moment of chance.
};

// Indices below `all`. REQUIRES: count <= all.
std::vector<std::size_t> draw(std::size_t all, std::size_t count, Order order, Random& random);

}  // namespace loadgate::trust
