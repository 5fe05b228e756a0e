#pragma once

// Seeded random numbers that are the same on every machine and library, so that
// a run can be repeated from its printed seed. One object belongs to one thread.
//
// SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
// generators"): 8 bytes a user, and streams split by index without correlation.

#include <cstdint>

namespace loadgate {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // The stream number `index` of `seed`: what user number `index` draws from.
  static Random stream(std::uint64_t seed, std::uint64_t index);

  std::uint64_t next();
  std::uint64_t below(std::uint64_t bound);  // REQUIRES: bound > 0.
  std::int64_t between(std::int64_t lowest,
                       std::int64_t highest);  // Both ends included; REQUIRES: lowest <= highest.
  double unit();                               // 0 <= x < 1.

 private:
  std::uint64_t state_;
};

// A seed from the system, for a run whose user gave none. At most 2^53, so that
// every JSON reader prints it back unchanged.
std::uint64_t fresh_seed();

}  // namespace loadgate
