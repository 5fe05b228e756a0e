#pragma once

// Counts response times in log-linear bins of at most 0.1 %, from 1 us to 1 h.
//
// The layout is HdrHistogram's (Gil Tene) with 3 significant digits and nanoseconds
// as unit, so that stored histograms are read by any HdrHistogram library. Octaves
// are allocated when first used. One thread records; merging loses nothing.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::metrics {

class Histogram {
 public:
  static constexpr Nanoseconds kHighest = std::chrono::hours(1);

  Histogram() = default;
  Histogram(const Histogram& other);
  Histogram& operator=(const Histogram& other);
  Histogram(Histogram&&) noexcept = default;
  Histogram& operator=(Histogram&&) noexcept = default;
  ~Histogram() = default;

  // Times above kHighest count as kHighest, below zero as zero.
  void record(Nanoseconds time, std::uint32_t count = 1);
  void merge(const Histogram& other);
  void clear();  // Keeps the memory.

  std::uint64_t count() const { return count_; }
  bool empty() const { return count_ == 0; }

  // The smallest recorded value that at least `share` of all are at or below, as the
  // middle of its bin. Zero when empty. REQUIRES: 0 <= share <= 1.
  Nanoseconds quantile(double share) const;
  Nanoseconds min() const;   // Zero when empty; exact to the bin.
  Nanoseconds max() const;   // Likewise.
  Nanoseconds mean() const;  // Likewise.

  struct Bin {
    Nanoseconds lowest, highest;  // Both included.
    std::uint64_t count;
  };
  std::vector<Bin> bins() const;  // Those with a count, rising.

  // In little memory, for time windows: (bin, count), rising by bin.
  using Packed = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  Packed pack() const;
  void merge(const Packed& packed);

  // HdrHistogram V2, compressed (zlib), base64. decode() refuses anything else, and
  // histograms whose digits or unit are not ours.
  std::string encode() const;
  static Result<Histogram> decode(std::string_view base64);

  bool operator==(const Histogram& other) const;

 private:
  // As HdrHistogram: 2048 linear bins first, then 1024 for each doubling.
  static constexpr std::size_t kHalf = 1024;
  static constexpr std::size_t kOctaves = 33;  // Of 1024 bins each; reaches 2^43 ns > 1 h.
  using Octave = std::array<std::uint32_t, kHalf>;

  std::array<std::unique_ptr<Octave>, kOctaves> octaves_;
  std::uint64_t count_ = 0;
};

}  // namespace loadgate::metrics
