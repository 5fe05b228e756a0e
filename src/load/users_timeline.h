#pragma once

// How many users there were over time: a point a second, and half as many points each
// time there would be more than the budget. Main thread.

#include <cstdint>
#include <utility>
#include <vector>

#include "metrics/run_result.h"

namespace loadgate::load {

class UsersTimeline {
 public:
  explicit UsersTimeline(std::size_t budget) : budget_(budget) {}  // REQUIRES: >= 2.

  // To be called once a second.
  void add(Nanoseconds at, unsigned users);
  std::vector<metrics::UsersPoint> take() { return std::move(points_); }

 private:
  std::size_t budget_;
  std::uint64_t seen_ = 0;
  std::uint64_t stride_ = 1;  // Every how-many-th point is kept.
  std::vector<metrics::UsersPoint> points_;
};

}  // namespace loadgate::load
