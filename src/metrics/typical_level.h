#pragma once

// How high a quantile of the response times was in a typical second. Pure functions, any
// thread. Times in nanoseconds.
//
// Over a whole epoch or stage a p95 is that of its worst seconds, and a p50 that of the state
// the machine was in for more than half of them: a neighbour's bursts of work decide both.
// Second by second the service is measured under one condition at a time, and a bad second is
// one of many.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "metrics/series.h"

namespace loadgate::metrics {

// The windows that lie wholly within a span.
struct HeldWindows {
  Interval held;
  Nanoseconds width = std::chrono::seconds(1);

  std::size_t count() const;
  // Which of them this one is, from 0; nothing where it is none.
  std::optional<std::size_t> place_of(const Window& window) const;
};

// As many blocks of whole windows, of about the same length, as have `least` requests each; at
// least one, at most kMostBlocks, whatever a damaged result says of its length. `requests` is
// how many there are in all windows.
inline constexpr std::size_t kMostBlocks = 4096;
inline constexpr double kBlockForP95 = 20, kBlockForP99 = 100;  // One of them lies above it.
std::size_t block_count(double requests, double least, const HeldWindows& windows);

using SeriesList = std::vector<const Series*>;

// The response times of these series' held windows, in so many blocks. REQUIRES: count >= 1.
std::vector<Histogram> blocks_of(const SeriesList& list, const HeldWindows& windows,
                                 std::size_t count);

// The geometric mean over the blocks that have times. A block weighs 1/level: where the
// machine was slow, less is known of the service. 0 where no block has times.
double typical_level(std::span<const Histogram> blocks, double share);

struct BothLevels {
  double base = 0, head = 0;  // 0 where no block has times of both sides.
};

// The same of both sides of a duet, over the blocks that have times of both. A block weighs
// 1/√(base · head), for either side the same. REQUIRES: as many blocks of each.
BothLevels typical_levels(std::span<const Histogram> base, std::span<const Histogram> head,
                          double share);

}  // namespace loadgate::metrics
