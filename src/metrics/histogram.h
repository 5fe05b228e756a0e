#pragma once

// Counts response times in log-linear bins of at most 0.1 %, from 1 us to 1 h.
//
// The layout is HdrHistogram's (Gil Tene) with 3 significant digits and nanoseconds
// as unit, so that stored histograms are read by any HdrHistogram library. Octaves
// are allocated when first used. One thread records; merging loses nothing: counts
// have 64 bits, so no run can overflow them.

#include <algorithm>
#include <array>
#include <bit>
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
  Histogram(Histogram&& other) noexcept;  // Leaves `other` empty, as move assignment does.
  Histogram& operator=(Histogram&& other) noexcept;
  ~Histogram() = default;

  // Times above kHighest count as kHighest, below zero as zero.
  void record(Nanoseconds time, std::uint32_t count = 1) { add(bin_of(time), count); }
  void merge(const Histogram& other);
  void clear();  // Keeps the memory.

  std::uint64_t count() const { return count_; }
  bool empty() const { return count_ == 0; }

  // The smallest recorded value that at least `share` of all are at or below, as the
  // middle of its bin: HdrHistogram's valueAtPercentile(100 · share), which gives the
  // upper end of the same bin. Zero when empty. REQUIRES: 0 <= share <= 1.
  Nanoseconds quantile(double share) const;
  Nanoseconds min() const;   // Zero when empty; exact to the bin, whose middle it is.
  Nanoseconds max() const;   // Likewise.
  Nanoseconds mean() const;  // Likewise.

  struct Bin {
    Nanoseconds lowest, highest;  // Both included.
    std::uint64_t count;
  };
  std::vector<Bin> bins() const;  // Those with a count, rising.

  // In little memory, for time windows: (bin, count), rising by bin. Counts stop at
  // 2^32 - 1, which one bin of one window never sees.
  using Packed = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  Packed pack() const;
  void merge(const Packed& packed);  // REQUIRES: made by pack() or decode_packed().

  // The same times in bins of about 1 % (16 of ours), or of 2 %, 4 %, … where more than
  // `most` bins would hold a count: takes a tenth of the text. REQUIRES: most >= 33, so
  // that an octave a bin is enough.
  Histogram coarsened(std::size_t most) const;

  // HdrHistogram V2, compressed (zlib), base64. decode() refuses anything else, and
  // histograms whose digits or unit are not ours. Any thread.
  std::string encode() const;
  static std::string encode(const Packed& packed);  // Quick rather than small.
  static Result<Histogram> decode(std::string_view base64);
  static Result<Packed> decode_packed(std::string_view base64);

  bool operator==(const Histogram& other) const;

 private:
  // As HdrHistogram: 2048 linear bins first, then 1024 for each doubling.
  static constexpr std::size_t kHalf = 1024;
  static constexpr std::size_t kOctaves = 33;  // Of 1024 bins each; reaches 2^42 ns > 1 h.
  static constexpr std::size_t kBins = kHalf * kOctaves;
  using Octave = std::array<std::uint64_t, kHalf>;
  using Counts = std::vector<std::pair<std::uint32_t, std::uint64_t>>;  // As Packed, wider.

  static std::uint32_t bin_of(Nanoseconds time) {
    const auto value =
        static_cast<std::uint64_t>(std::clamp(time.count(), Nanoseconds::rep{0}, kHighest.count()));
    const auto shift = static_cast<unsigned>(std::bit_width(value | (2 * kHalf - 1))) - 11;
    return static_cast<std::uint32_t>((shift * kHalf) + (value >> shift));
  }
  static Bin bounds_of(std::uint32_t bin);
  static Nanoseconds middle_of(std::uint32_t bin);

  void add(std::uint32_t bin, std::uint64_t count) {
    std::unique_ptr<Octave>& octave = octaves_[bin / kHalf];
    if (!octave) [[unlikely]] {
      octave = std::make_unique<Octave>();
    }
    (*octave)[bin % kHalf] += count;
    count_ += count;
  }

  // Calls visit(bin, count) for each bin with a count, rising, until it returns false.
  template <class Visit>
  void each_bin(Visit visit) const;

  static Result<Counts> decode_counts(std::string_view base64);

  std::array<std::unique_ptr<Octave>, kOctaves> octaves_;
  std::uint64_t count_ = 0;
};

template <class Visit>
void Histogram::each_bin(Visit visit) const {
  for (std::size_t octave = 0; octave < kOctaves; ++octave) {
    if (!octaves_[octave]) continue;
    for (std::size_t i = 0; i < kHalf; ++i) {
      const std::uint64_t count = (*octaves_[octave])[i];
      if (count != 0 && !visit(static_cast<std::uint32_t>((octave * kHalf) + i), count)) return;
    }
  }
}

}  // namespace loadgate::metrics
