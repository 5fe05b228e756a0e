#pragma once

// Hands out the rows of a plan's data: one feed for each of them, shared by all workers
// without a lock. Any thread.

#include <atomic>
#include <cstdint>
#include <deque>
#include <vector>

#include "base/random.h"
#include "plan/plan.h"

namespace loadgate::load {

// The row of draw number `number` (from 0) in the order of `data`, each pass over a
// shuffled one in an order of its own; null where rows are handed out once and all are.
// `random` order without reuse is shuffled.
const plan::Row* row_of_draw(const plan::Data& data, std::uint64_t number, std::uint64_t key);

// How far the rows that all users share were handed out, by source. A run that begins with
// what another one ended with goes on where that one was, in the same orders.
struct DrawnRows {
  std::uint64_t seed = 0;            // Of the orders.
  std::vector<std::uint64_t> draws;  // By source; empty: none yet.
};

class DataFeed {
 public:
  DataFeed(const plan::Data& data, std::uint64_t key, std::uint64_t drawn = 0)
      : data_(data), key_(key), drawn_(drawn) {}

  const plan::Data& data() const { return data_; }

  // The next row for whoever asks, over all users; with `random` order the asker's numbers
  // choose. Null where each was handed out.
  const plan::Row* next(Random& random);

  std::uint64_t drawn() const { return drawn_.load(std::memory_order_relaxed); }

  // Somebody found no row: all users together, or one of those who each have their own.
  void say_ran_out() { ran_out_.store(true, std::memory_order_relaxed); }
  bool ran_out() const { return ran_out_.load(std::memory_order_relaxed); }

 private:
  const plan::Data& data_;
  const std::uint64_t key_;
  std::atomic<std::uint64_t> drawn_;
  std::atomic<bool> ran_out_{false};
};

// The feeds of a plan, by source.
class DataFeeds {
 public:
  DataFeeds(const plan::Plan& plan, std::uint64_t seed) : DataFeeds(plan, DrawnRows{seed, {}}) {}
  // REQUIRES: `from` is of a plan with the same data.
  DataFeeds(const plan::Plan& plan, const DrawnRows& from);

  DataFeed& operator[](std::size_t source) { return feeds_[source]; }
  std::size_t size() const { return feeds_.size(); }

  DrawnRows drawn() const;

  // The first that ran out, or null.
  const plan::Data* ran_out() const;
  // The first that ran out and ends the run by that, or null.
  const plan::Data* ends_run() const;

 private:
  std::uint64_t seed_;
  std::deque<DataFeed> feeds_;  // Never moved.
};

}  // namespace loadgate::load
