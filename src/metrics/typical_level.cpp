#include "metrics/typical_level.h"

#include <algorithm>
#include <cmath>

namespace loadgate::metrics {
namespace {

// Of the first window that begins within.
std::uint64_t first_index(const HeldWindows& windows) {
  const auto width = windows.width.count();
  return static_cast<std::uint64_t>((windows.held.from.count() + width - 1) / width);
}

}  // namespace

std::size_t HeldWindows::count() const {
  const auto end = static_cast<std::uint64_t>(held.to / width);
  const std::uint64_t first = first_index(*this);
  return end > first ? end - first : 0;
}

std::optional<std::size_t> HeldWindows::place_of(const Window& window) const {
  const std::uint64_t first = first_index(*this);
  if (window.index < first || window.index - first >= count()) return std::nullopt;
  return window.index - first;
}

std::size_t block_count(double requests, double least, const HeldWindows& windows) {
  const double affordable = std::min(requests / least, static_cast<double>(kMostBlocks));
  return std::max<std::size_t>(1, std::min(static_cast<std::size_t>(affordable), windows.count()));
}

std::vector<Histogram> blocks_of(const SeriesList& list, const HeldWindows& windows,
                                 std::size_t count) {
  std::vector<Histogram> blocks(count);
  for (const Series* series : list) {
    for (const Window& window : series->windows) {
      const std::optional<std::size_t> place = windows.place_of(window);
      if (place) blocks[*place * count / windows.count()].merge(window.response_times);
    }
  }
  return blocks;
}

double typical_level(std::span<const Histogram> blocks, double share) {
  return typical_levels(blocks, blocks, share).head;
}

BothLevels typical_levels(std::span<const Histogram> base, std::span<const Histogram> head,
                          double share) {
  double weights = 0, sum_base = 0, sum_head = 0;
  for (std::size_t i = 0; i < base.size(); ++i) {
    const auto of_base = static_cast<double>(base[i].quantile(share).count());
    const auto of_head = static_cast<double>(head[i].quantile(share).count());
    if (!(of_base > 0 && of_head > 0)) continue;
    const double weight = 1 / std::sqrt(of_base * of_head);
    weights += weight;
    sum_base += weight * std::log(of_base);
    sum_head += weight * std::log(of_head);
  }
  if (!(weights > 0)) return {};
  return {std::exp(sum_base / weights), std::exp(sum_head / weights)};
}

}  // namespace loadgate::metrics
