#pragma once

// How high a quantile of the response times was on both sides in a typical second of an
// epoch. Pure, inside gate only. Times in nanoseconds.
//
// Over a whole epoch a p95 is that of its worst second: a neighbour's burst of work decides
// it, and by chance hits one side harder. Second by second both sides are compared under
// the same conditions, and one bad second is one of many.

#include <cstddef>
#include <span>
#include <vector>

#include "metrics/duet.h"

namespace loadgate::gate {

// Response times of both sides in the same part of an epoch.
struct Block {
  metrics::Histogram base, head;
};

struct BothLevels {
  double base = 0, head = 0;  // 0 where no block has times of both sides.
};

// The geometric mean over the blocks that have times of both sides. A block weighs
// 1/√(base · head), for either side the same: where both were slow, both are unsure.
BothLevels typical_level(std::span<const Block> blocks, double share);

// As many blocks of whole seconds, of about the same length, as have `least` requests each; at
// least one. `requests` is how many one side has in an epoch.
std::size_t block_count(double requests, double least, const metrics::Interval& held);

using SeriesList = std::vector<const metrics::Series*>;

// The seconds of the held part of these series, in so many blocks. REQUIRES: count >= 1.
std::vector<Block> blocks_of(const SeriesList& base, const SeriesList& head,
                             const metrics::Interval& held, std::size_t count);

}  // namespace loadgate::gate
