#include "gate/timeline_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "gate/duet_units.h"

namespace loadgate::gate {
namespace {

constexpr std::uint64_t kMostWindows = std::uint64_t{1} << 31;  // Made-up files may say anything.

std::uint64_t divided_up(std::uint64_t value, std::uint64_t by) { return (value + by - 1) / by; }

std::uint64_t windows_in(Nanoseconds length, Nanoseconds width) {
  if (length.count() <= 0 || width.count() <= 0) return 0;
  return std::min(divided_up(static_cast<std::uint64_t>(length.count()),
                             static_cast<std::uint64_t>(width.count())),
                  kMostWindows);
}

std::vector<const metrics::ResourceUse*> pointers_to(const std::vector<metrics::ResourceUse>& all) {
  std::vector<const metrics::ResourceUse*> pointers;
  pointers.reserve(all.size());
  for (const metrics::ResourceUse& use : all) pointers.push_back(&use);
  return pointers;
}

Axis axis_of_run(const metrics::RunResult& run) {
  const std::uint64_t windows = windows_in(run.info.length, run.window_width);
  Axis axis;
  if (windows == 0) return axis;
  axis.windows = static_cast<std::uint32_t>(divided_up(windows, kMostSlots));
  axis.slot = run.window_width * static_cast<Nanoseconds::rep>(axis.windows);
  axis.slots = divided_up(windows, axis.windows);
  Lap lap{.first = 0, .slots = axis.slots, .length = run.info.length};
  lap.sides = {{metrics::Side::head, &run.series, pointers_to(run.services)}};
  lap.machine = &run.machine;
  axis.laps.push_back(std::move(lap));
  return axis;
}

// So many windows that all epochs, and the empty slot behind each, are kMostSlots or fewer.
std::uint64_t windows_of_slot(std::uint64_t epochs, std::uint64_t windows) {
  if (2 * epochs >= kMostSlots) return windows;
  return std::clamp<std::uint64_t>(divided_up(epochs * windows, kMostSlots - 2 * epochs), 1,
                                   windows);
}

Lap lap_of(const metrics::Epoch& epoch, Nanoseconds length) {
  Lap lap{.first = 0, .slots = 0, .length = length};
  lap.sides = {{metrics::Side::base, &epoch.base.series, {&epoch.base.use}},
               {metrics::Side::head, &epoch.head.series, {&epoch.head.use}}};
  lap.machine = &epoch.machine;
  lap.stretch = {
      fmt::format("epoch {}", epoch.number + 1), {Nanoseconds{}, length}, epoch.held, false};
  return lap;
}

Axis axis_of_duet(const metrics::Duet& duet) {
  const Nanoseconds width = std::chrono::seconds(1);
  const std::vector<const metrics::Epoch*> epochs = epochs_that_count(duet);
  const std::uint64_t windows = windows_in(duet.epoch_length, width);
  Axis axis;
  if (windows == 0) return axis;
  axis.windows = static_cast<std::uint32_t>(windows_of_slot(epochs.size(), windows));
  axis.slot = width * static_cast<Nanoseconds::rep>(axis.windows);
  for (const metrics::Epoch* epoch : epochs) {
    Lap lap = lap_of(*epoch, duet.epoch_length);
    if (axis.slots > 0) axis.slots += 1;
    lap.first = axis.slots;
    lap.slots = divided_up(windows, axis.windows);
    axis.slots += lap.slots;
    axis.laps.push_back(std::move(lap));
  }
  return axis;
}

}  // namespace

metrics::Interval Axis::span_of(const Lap& lap, std::size_t index) const {
  const Nanoseconds from = slot * static_cast<Nanoseconds::rep>(index);
  return {from, std::min(from + slot, std::max(from, lap.length))};
}

bool Axis::is_stub(const Lap& lap, std::size_t index) const {
  return index > 0 && 2 * span_of(lap, index).length() < slot;
}

Axis axis_of(const metrics::RunResult& run) {
  return run.duet ? axis_of_duet(*run.duet) : axis_of_run(run);
}

Curve& Draft::curve(const Key& key) {
  Curve& curve = curves_[key];
  if (curve.levels.empty()) {
    curve.source = key.source;
    curve.side = key.side;
    curve.name = key.name;
    curve.levels.resize(slots_);
  }
  return curve;
}

std::vector<Chart> Draft::take() {
  std::vector<Chart> charts;
  for (auto& [key, curve] : curves_) {
    const bool is_known = std::any_of(curve.levels.begin(), curve.levels.end(),
                                      [](const auto& level) { return level.has_value(); });
    if (!is_known) continue;
    if (charts.empty() || charts.back().what != key.what) charts.push_back({key.what, {}, {}});
    charts.back().curves.push_back(std::move(curve));
  }
  // Keys are sorted by source first, and head's stand before base's.
  for (Chart& chart : charts) {
    std::stable_sort(chart.curves.begin(), chart.curves.end(), [](const Curve& a, const Curve& b) {
      return std::tuple(a.source, a.name, a.side == metrics::Side::head) <
             std::tuple(b.source, b.name, b.side == metrics::Side::head);
    });
  }
  return charts;
}

}  // namespace loadgate::gate
