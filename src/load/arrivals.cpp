#include "load/arrivals.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace loadgate::load {
namespace {

constexpr double kSecond = 1e9;

double count_of(Nanoseconds time) { return static_cast<double>(time.count()); }

}  // namespace

Arrivals::Arrivals(const std::vector<plan::Stage>& stages) {
  Nanoseconds start{};
  double level = 0;
  for (const plan::Stage& stage : stages) {
    const Nanoseconds end = start + stage.duration;
    if (stage.is_open()) {
      Leg leg{start, end, count_of(stage.ramp), level / kSecond, stage.rate / kSecond, count_, 0};
      leg.count = static_cast<std::uint64_t>(std::floor(leg.integral(count_of(end - start)) + 0.5));
      count_ += leg.count;
      legs_.push_back(leg);
    }
    level = stage.is_open() ? stage.rate : 0;
    start = end;
  }
}

Arrivals::Arrivals(const std::vector<plan::Stage>& stages, std::vector<Nanoseconds> moments)
    : Arrivals(stages) {
  assert(std::is_sorted(moments.begin(), moments.end()));
  count_ = moments.size();
  moments_ = std::move(moments);
  for (Leg& leg : legs_) leg.ramp = 0;
}

double Arrivals::Leg::integral(double since_start) const {
  if (since_start >= ramp) return in_ramp() + to * (since_start - ramp);
  return since_start * (from + (to - from) * since_start / ramp / 2);
}

double Arrivals::Leg::inverse(double integral) const {
  if (integral >= in_ramp() && to > 0) return ramp + (integral - in_ramp()) / to;
  // Of from · t + slope ÷ 2 · t², in the form that loses no digits where either is small.
  const double slope = (to - from) / ramp;
  const double root = std::sqrt(std::max(0.0, from * from + 2 * slope * integral));
  return 2 * integral / (from + root);
}

Nanoseconds Arrivals::Leg::due(std::uint64_t number) const {
  const double since_start = inverse(static_cast<double>(number) + 0.5);
  const Nanoseconds due = start + Nanoseconds(std::llround(since_start));
  return std::min(due, end - Nanoseconds(1));
}

Nanoseconds Arrivals::due(std::uint64_t number) const {
  assert(number < count_);
  if (moments_) return (*moments_)[number];
  const auto after =
      std::upper_bound(legs_.begin(), legs_.end(), number,
                       [](std::uint64_t n, const Leg& leg) { return n < leg.first; });
  // The last leg that begins at or before it; empty ones begin where the next one does.
  const Leg& leg = *std::prev(after);
  return leg.due(number - leg.first);
}

std::uint64_t Arrivals::by(Nanoseconds elapsed) const {
  if (moments_) {
    const auto after = std::upper_bound(moments_->begin(), moments_->end(), elapsed);
    return static_cast<std::uint64_t>(after - moments_->begin());
  }
  std::uint64_t arrived = 0;
  for (const Leg& leg : legs_) {
    if (elapsed < leg.start) break;
    const double sum = leg.integral(count_of(std::min(elapsed, leg.end) - leg.start));
    // Rounding may be off by one either way; due() decides.
    std::uint64_t here =
        std::min(leg.count, static_cast<std::uint64_t>(std::max(0.0, std::floor(sum + 0.5))));
    while (here > 0 && leg.due(here - 1) > elapsed) --here;
    while (here < leg.count && leg.due(here) <= elapsed) ++here;
    arrived = leg.first + here;
  }
  return arrived;
}

double Arrivals::rate_at(Nanoseconds elapsed) const {
  for (const Leg& leg : legs_) {
    if (elapsed < leg.start || elapsed >= leg.end) continue;
    const double since_start = count_of(elapsed - leg.start);
    if (since_start >= leg.ramp) return leg.to * kSecond;
    return (leg.from + (leg.to - leg.from) * since_start / leg.ramp) * kSecond;
  }
  return 0;
}

}  // namespace loadgate::load
