#pragma once

// The rows of data that one user holds: drawn when a request first reads their source,
// kept until the iteration is over; those of on_start for the user's life. One thread.

#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"
#include "load/data_feed.h"

namespace loadgate::load {

class RowsInHand {
 public:
  // `key`: of this user's own shuffles. The feeds outlive it.
  RowsInHand(DataFeeds& feeds, std::uint64_t key);

  // Draws a row of each of `sources` that has none in hand. The first that has no row
  // left, or null.
  const plan::Data* draw(const std::vector<std::size_t>& sources, Random& random);

  void keep_for_life();  // What is in hand now.
  void put_back();       // All but what is kept for life.

  std::span<const plan::Row* const> rows() const { return rows_; }  // By source; null: none.

 private:
  const plan::Row* next(std::size_t source, Random& random);

  DataFeeds& feeds_;
  std::uint64_t key_;
  std::vector<const plan::Row*> rows_;
  std::vector<bool> is_for_life_;
  std::vector<std::uint64_t> drawn_;  // By source, of those where each user has its own.
};

}  // namespace loadgate::load
