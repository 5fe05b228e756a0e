#include "metrics/resource_use.h"

#include <algorithm>

namespace loadgate::metrics {

namespace {

// The first point is measured right after the moment that counts as the start, the last
// right before or after the end: so much may be missing.
constexpr Nanoseconds kSlack = std::chrono::milliseconds(50);
// Sums over made-up result files must not overflow.
constexpr Nanoseconds kLongest(std::int64_t{1} << 61);

template <class Points>
bool covers(const Points& points, const Interval& span) {
  return span.to > span.from && points.size() > 1 && points.front().at <= span.from + kSlack &&
         points.back().at + kSlack >= span.to;
}

// What had been spent at a moment, in nanoseconds. REQUIRES: points.
template <class Point>
double spent_at(const std::vector<Point>& points, Nanoseconds moment, Nanoseconds Point::*spent) {
  const auto after = std::ranges::upper_bound(points, moment, {}, &Point::at);
  if (after == points.begin()) return static_cast<double>(((*after).*spent).count());
  const Point& before = *(after - 1);
  const auto level = static_cast<double>((before.*spent).count());
  if (after == points.end()) return level;
  const double part = seconds(moment - before.at) / seconds(after->at - before.at);
  return level + part * (static_cast<double>(((*after).*spent).count()) - level);
}

template <class Point>
double spent_within(const std::vector<Point>& points, const Interval& span,
                    Nanoseconds Point::*spent) {
  return std::max(0.0, spent_at(points, span.to, spent) - spent_at(points, span.from, spent));
}

}  // namespace

std::optional<Nanoseconds> cpu_within(const ResourceUse& use, Interval span) {
  if (!covers(use.points, span)) return std::nullopt;
  const double spent = spent_within(use.points, span, &UsePoint::cpu);
  return Nanoseconds(static_cast<Nanoseconds::rep>(spent));
}

std::optional<Nanoseconds> judged_cpu_within(const std::vector<ResourceUse>& services,
                                             Interval span) {
  std::optional<Nanoseconds> sum;
  for (const ResourceUse& use : services) {
    if (!use.is_judged) continue;
    const std::optional<Nanoseconds> spent = cpu_within(use, span);
    if (!spent) return std::nullopt;
    sum = std::min(sum.value_or(Nanoseconds{}) + *spent, kLongest);
  }
  return sum;
}

std::optional<MachineShares> shares_within(const MachineUse& use, Interval span) {
  if (use.cores == 0 || !covers(use.points, span)) return std::nullopt;
  const auto wall = static_cast<double>(span.length().count());
  const auto share = [&](Nanoseconds MachinePoint::*spent, double of) {
    return std::min(1.0, spent_within(use.points, span, spent) / of);
  };
  const double of_cores = wall * use.cores;
  return MachineShares{.busy = share(&MachinePoint::busy, of_cores),
                       .stolen = share(&MachinePoint::stolen, of_cores),
                       .pressure = share(&MachinePoint::pressure, wall),
                       .own = share(&MachinePoint::own, of_cores)};
}

}  // namespace loadgate::metrics
