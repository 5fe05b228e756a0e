#include <algorithm>

#include "gate/timeline_axis.h"

namespace loadgate::gate {
namespace {

unsigned cores_of(const metrics::RunResult& run, const Lap& lap) {
  const unsigned watched = lap.machine->cores;
  return std::max(1U, watched > 0 ? watched : run.info.environment.cores);
}

// The part of a slot that points cover; nothing where it is less than half of it.
template <class Points>
std::optional<metrics::Interval> covered(const Points& points, metrics::Interval span) {
  if (points.size() < 2) return std::nullopt;
  const metrics::Interval part{std::max(span.from, points.front().at),
                               std::min(span.to, points.back().at)};
  if (part.length().count() <= 0 || 2 * part.length() < span.length()) return std::nullopt;
  return part;
}

// The last that was measured within a slot.
std::optional<double> memory_in(const metrics::ResourceUse& use, metrics::Interval span) {
  const auto after = std::ranges::upper_bound(use.points, span.to, {}, &metrics::UsePoint::at);
  if (after == use.points.begin()) return std::nullopt;
  const metrics::UsePoint& point = *(after - 1);
  if (point.at < span.from) return std::nullopt;
  return static_cast<double>(point.memory);
}

void draw_service(const metrics::ResourceUse& use, metrics::Side side, const Lap& lap,
                  const Axis& axis, unsigned cores, Draft& draft) {
  if (use.points.empty()) return;
  constexpr auto kSource = Curve::Source::service;
  for (std::size_t index = 0; index < lap.slots; ++index) {
    const metrics::Interval span = axis.span_of(lap, index);
    const std::size_t at = lap.first + index;
    const std::optional<double> memory = memory_in(use, span);
    if (memory) draft.set({Charted::memory, kSource, side, use.name}, at, *memory);
    const auto part = covered(use.points, span);
    const auto cpu = part ? metrics::cpu_within(use, *part) : std::nullopt;
    if (!cpu) continue;
    draft.set({Charted::cpu, kSource, side, use.name}, at,
              seconds(*cpu) / (seconds(part->length()) * cores));
  }
}

void draw_machine(const metrics::MachineUse& machine, const Lap& lap, const Axis& axis,
                  Draft& draft) {
  for (std::size_t index = 0; index < lap.slots; ++index) {
    const auto part = covered(machine.points, axis.span_of(lap, index));
    const auto shares = part ? metrics::shares_within(machine, *part) : std::nullopt;
    if (!shares) continue;
    draft.set({Charted::cpu, Curve::Source::machine}, lap.first + index, shares->busy);
    draft.set({Charted::cpu, Curve::Source::generator}, lap.first + index, shares->own);
  }
}

}  // namespace

void draw_use(const metrics::RunResult& run, const Axis& axis, Draft& draft) {
  for (const Lap& lap : axis.laps) {
    for (const Lap::Side& side : lap.sides) {
      for (const metrics::ResourceUse* use : side.uses) {
        draw_service(*use, side.side, lap, axis, cores_of(run, lap), draft);
      }
    }
    draw_machine(*lap.machine, lap, axis, draft);
  }
}

}  // namespace loadgate::gate
