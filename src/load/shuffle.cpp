#include "load/shuffle.h"

#include <bit>
#include <cassert>

#include "base/random.h"

namespace loadgate::load {
namespace {

// Few places need more rounds to be mixed well than a cipher's usual four.
constexpr unsigned kRounds = 8;

std::uint64_t mixed(std::uint64_t value, std::uint64_t key) {
  return Random::stream(key, value).next();
}

}  // namespace

// A Feistel network (Luby and Rackoff 1988) over the next power of four, walked until it
// falls within the size (Black and Rogaway 2002): less than four steps on average.
std::uint64_t shuffled(std::uint64_t position, std::uint64_t size, std::uint64_t key) {
  assert(position < size);
  if (size == 1) return 0;
  const auto half_bits = static_cast<unsigned>(std::bit_width(size - 1) + 1) / 2;
  const std::uint64_t half = (std::uint64_t{1} << half_bits) - 1;
  do {
    std::uint64_t left = position >> half_bits;
    std::uint64_t right = position & half;
    for (unsigned round = 0; round < kRounds; ++round) {
      const std::uint64_t next = left ^ (mixed(right, key + round) & half);
      left = right;
      right = next;
    }
    position = left << half_bits | right;
  } while (position >= size);
  return position;
}

}  // namespace loadgate::load
