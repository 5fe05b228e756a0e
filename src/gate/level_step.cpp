#include "gate/level_step.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "gate/statistics.h"

namespace loadgate::gate {
namespace {

constexpr std::size_t kFewestAfter = 3;
constexpr std::size_t kFewestBefore = 2;
constexpr double kRisk = 0.001;  // Of a step that is none, at each place it could be.
constexpr double kSmallestSpread = 0.02;

struct Step {
  std::size_t at = 0;  // The first unit after it; 0: there is none.
  double strength = 0;
};

// Student's t of two samples with one spread; 0 where the step is none.
double strength_of(std::span<const double> before, std::span<const double> after, double least) {
  const double fall = mean(before) - mean(after);
  const bool is_apart = *std::max_element(after.begin(), after.end()) <
                        *std::min_element(before.begin(), before.end());
  if (fall < least || !is_apart) return 0;
  const auto n = static_cast<double>(before.size());
  const auto m = static_cast<double>(after.size());
  const double pooled =
      ((n - 1) * variance(before) + (m - 1) * variance(after)) / std::max(1.0, n + m - 2);
  const double error =
      std::sqrt(std::max(pooled, kSmallestSpread * kSmallestSpread) * (1 / n + 1 / m));
  const double strength = fall / error;
  return t_upper_tail(strength, n + m - 2) < kRisk ? strength : 0;
}

Step strongest_step(std::span<const double> levels, double least) {
  Step strongest;
  for (std::size_t at = kFewestBefore; at + kFewestAfter <= levels.size(); ++at) {
    const double strength = strength_of(levels.first(at), levels.subspan(at), least);
    if (strength > strongest.strength) strongest = {at, strength};
  }
  return strongest;
}

}  // namespace

Units newest_level(const Units& units, const Level& worse, double least) {
  // Minutes apart, of one checkout mostly: what got faster then is the machine.
  if (units.is_same_boot) return units;
  Units with_level;
  std::vector<double> levels;
  for (const auto& group : units.groups) {
    Units alone;
    alone.groups = {group};
    const std::vector<double> level = unit_levels(alone, worse);
    if (level.empty()) continue;
    levels.push_back(level.front());
    with_level.groups.push_back(group);
  }
  const Step step = strongest_step(levels, least);
  if (step.at == 0) return units;
  const auto first = with_level.groups.begin();
  with_level.groups.erase(first, first + static_cast<std::ptrdiff_t>(step.at));
  return with_level;
}

}  // namespace loadgate::gate
