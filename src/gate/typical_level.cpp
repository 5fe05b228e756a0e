#include "gate/typical_level.h"

#include <algorithm>
#include <cmath>

namespace loadgate::gate {
namespace {

constexpr Nanoseconds kSecond = std::chrono::seconds(1);  // A window of an epoch's series.

std::size_t seconds_in(const metrics::Interval& held) {
  return static_cast<std::size_t>(std::max(held.length() / kSecond, Nanoseconds::rep{0}));
}

void add(const SeriesList& list, const metrics::Interval& held, std::vector<Block>& blocks,
         metrics::Histogram Block::*side) {
  for (const metrics::Series* series : list) {
    for (const metrics::Window& window : series->windows) {
      const Nanoseconds from = window.index * kSecond;
      if (from < held.from || from + kSecond > held.to) continue;
      const auto second = static_cast<std::size_t>((from - held.from) / kSecond);
      (blocks[second * blocks.size() / seconds_in(held)].*side).merge(window.response_times);
    }
  }
}

}  // namespace

BothLevels typical_level(std::span<const Block> blocks, double share) {
  double weights = 0, base = 0, head = 0;
  for (const Block& block : blocks) {
    const auto of_base = static_cast<double>(block.base.quantile(share).count());
    const auto of_head = static_cast<double>(block.head.quantile(share).count());
    if (!(of_base > 0 && of_head > 0)) continue;
    const double weight = 1 / std::sqrt(of_base * of_head);
    weights += weight;
    base += weight * std::log(of_base);
    head += weight * std::log(of_head);
  }
  if (!(weights > 0)) return {};
  return {std::exp(base / weights), std::exp(head / weights)};
}

std::size_t block_count(double requests, double least, const metrics::Interval& held) {
  const auto affordable = static_cast<std::size_t>(requests / least);
  return std::max<std::size_t>(1, std::min(affordable, seconds_in(held)));
}

std::vector<Block> blocks_of(const SeriesList& base, const SeriesList& head,
                             const metrics::Interval& held, std::size_t count) {
  std::vector<Block> blocks(count);
  add(base, held, blocks, &Block::base);
  add(head, held, blocks, &Block::head);
  return blocks;
}

}  // namespace loadgate::gate
