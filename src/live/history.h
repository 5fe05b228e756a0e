#pragma once

// What the live page draws: a point a second, and half as many, each of twice the time,
// whenever there would be more than the budget. Rates and users of joined points are means,
// p95 is the higher one, so that no peak is lost. One thread at a time.

#include <cstddef>
#include <vector>

namespace loadgate::live {

struct Point {
  double at = 0;                      // Seconds since the start; where the point ends.
  unsigned seconds = 1;               // That it stands for.
  double wanted = 0, begun = 0;       // Iterations a second of open stages.
  double requests = 0, failures = 0;  // A second.
  double users = 0;
  double p50 = 0, p95 = 0;  // Milliseconds; 0 where no request came back.
};

class History {
 public:
  static constexpr std::size_t kBudget = 900;

  explicit History(std::size_t budget = kBudget) : budget_(budget) {}  // REQUIRES: >= 2.

  void add(const Point& second);
  const std::vector<Point>& points() const { return points_; }

 private:
  std::size_t budget_;
  unsigned width_ = 1;  // Seconds of a point that is full.
  std::vector<Point> points_;
};

}  // namespace loadgate::live
