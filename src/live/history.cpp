#include "live/history.h"

#include <algorithm>

namespace loadgate::live {
namespace {

// Of two parts that last a and b; one without a value does not count.
double mean(double a, double a_weight, double b, double b_weight) {
  const double weight = a_weight + b_weight;
  return weight > 0 ? (a * a_weight + b * b_weight) / weight : 0;
}

Point joined(const Point& a, const Point& b) {
  const auto of = [&](double Point::*field) {
    return mean(a.*field, a.seconds, b.*field, b.seconds);
  };
  return {.at = b.at,
          .seconds = a.seconds + b.seconds,
          .wanted = of(&Point::wanted),
          .begun = of(&Point::begun),
          .requests = of(&Point::requests),
          .failures = of(&Point::failures),
          .users = of(&Point::users),
          .p50 = mean(a.p50, a.p50 > 0 ? a.seconds : 0, b.p50, b.p50 > 0 ? b.seconds : 0),
          .p95 = std::max(a.p95, b.p95)};
}

}  // namespace

void History::add(const Point& second) {
  if (!points_.empty() && points_.back().seconds < width_) {
    points_.back() = joined(points_.back(), second);
    return;
  }
  points_.push_back(second);
  if (points_.size() <= budget_) return;
  for (std::size_t i = 0; 2 * i < points_.size(); ++i) {
    const bool has_pair = 2 * i + 1 < points_.size();
    points_[i] = has_pair ? joined(points_[2 * i], points_[2 * i + 1]) : points_[2 * i];
  }
  points_.resize((points_.size() + 1) / 2);
  width_ *= 2;
}

}  // namespace loadgate::live
