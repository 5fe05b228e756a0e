#include "report/html_axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>

namespace loadgate::report {
namespace {

// The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least `least`.
double round_step(double least) {
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

constexpr std::array<std::int64_t, 18> kTimeSteps{
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400};

std::vector<Nanoseconds> decades(Nanoseconds lowest, Nanoseconds highest,
                                 std::initializer_list<std::int64_t> factors) {
  constexpr std::int64_t kLast = 1'000'000'000'000;  // 1000 s: histograms end at an hour.
  std::vector<Nanoseconds> ticks;
  for (std::int64_t power = 1; power <= kLast; power *= 10) {
    for (const std::int64_t factor : factors) {
      const Nanoseconds tick(factor * power);
      if (lowest <= tick && tick <= highest) ticks.push_back(tick);
    }
  }
  return ticks;
}

}  // namespace

std::vector<double> level_ticks(double highest, std::size_t most) {
  if (!std::isfinite(highest) || highest <= 0) return {0, 1};
  const double step = round_step(highest / static_cast<double>(std::max<std::size_t>(most, 2) - 1));
  std::vector<double> ticks = {0, step};
  while (ticks.back() < highest * (1 - 1e-9)) {
    ticks.push_back(step * static_cast<double>(ticks.size()));
  }
  return ticks;
}

std::vector<Nanoseconds> time_ticks(Nanoseconds length, std::size_t most) {
  const double least = seconds(length) / static_cast<double>(std::max<std::size_t>(most, 1));
  const auto fits = std::ranges::find_if(
      kTimeSteps, [&](std::int64_t step) { return static_cast<double>(step) >= least; });
  const std::int64_t days = static_cast<std::int64_t>(least / 86400) + 1;
  const std::chrono::seconds step(fits == kTimeSteps.end() ? days * 86400 : *fits);
  std::vector<Nanoseconds> ticks;
  for (Nanoseconds at{}; at <= length && ticks.size() <= most; at += step) ticks.push_back(at);
  return ticks;
}

std::vector<Nanoseconds> decade_ticks(Nanoseconds lowest, Nanoseconds highest, std::size_t most) {
  constexpr std::size_t kFew = 4;
  std::vector<Nanoseconds> ticks = decades(lowest, highest, {1, 2, 5});
  if (ticks.size() > most) return decades(lowest, highest, {1});
  return ticks.size() < kFew ? decades(lowest, highest, {10, 15, 20, 30, 50, 70}) : ticks;
}

}  // namespace loadgate::report
