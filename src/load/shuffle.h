#pragma once

// A shuffled order that takes no memory: where each place goes is computed, so that any
// thread can ask for any place at any time. Pure.

#include <cstdint>

namespace loadgate::load {

// For a fixed size and key a permutation of 0 … size - 1. REQUIRES: position < size.
std::uint64_t shuffled(std::uint64_t position, std::uint64_t size, std::uint64_t key);

}  // namespace loadgate::load
