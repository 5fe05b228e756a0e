#include "monitor/course.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/units.h"

namespace loadgate::monitor {

Course::Course(std::string name, bool is_judged) {
  use_.name = std::move(name);
  use_.is_judged = is_judged;
}

void Course::add(Nanoseconds at, const Result<Use>& use) {
  std::vector<metrics::UsePoint>& points = use_.points;
  if (!points.empty() && at <= points.back().at) return;
  const Nanoseconds cpu_before = points.empty() ? Nanoseconds{} : points.back().cpu;
  if (use) {
    points.push_back(
        {.at = at, .cpu = use->cpu, .memory = use->memory, .processes = use->processes});
    was_found_ = true;
    return;
  }
  if (!points.empty()) missing_ += at - points.back().at;
  why_missing_ = use.error().text;
  points.push_back({.at = at, .cpu = cpu_before, .memory = 0, .processes = 0});
}

void Course::leave_judging_to(const Course& other) {
  use_.is_judged = false;
  why_not_judged_ = fmt::format("it has processes that count as {} already", other.name());
}

metrics::ResourceUse Course::finish() && {
  std::vector<metrics::UsePoint>& points = use_.points;
  if (!why_not_judged_.empty()) {
    use_.trouble = why_not_judged_;
  } else if (!was_found_) {
    points.clear();
    use_.trouble = why_missing_;
  } else if (!why_missing_.empty()) {
    const Nanoseconds length = points.back().at - points.front().at;
    use_.trouble = fmt::format("for {} of {}: {}", format_latency(missing_), format_latency(length),
                               why_missing_);
  }
  return std::move(use_);
}

Nanoseconds next_wake(Nanoseconds now, std::span<const Nanoseconds> marks) {
  const Nanoseconds next_second =
      std::chrono::floor<std::chrono::seconds>(now) + std::chrono::seconds(1);
  const auto mark = std::ranges::upper_bound(marks, now);
  return mark == marks.end() ? next_second : std::min(*mark, next_second);
}

metrics::MachinePoint since(const metrics::MachinePoint& first, metrics::MachinePoint point) {
  const auto rebase = [](Nanoseconds& time, Nanoseconds begin) {
    time = std::max(Nanoseconds{}, time - begin);
  };
  rebase(point.busy, first.busy);
  rebase(point.stolen, first.stolen);
  rebase(point.pressure, first.pressure);
  rebase(point.own, first.own);
  return point;
}

}  // namespace loadgate::monitor
