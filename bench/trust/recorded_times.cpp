#include "recorded_times.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "metrics/typical_level.h"

namespace loadgate::trust {
namespace {

using nlohmann::json;

constexpr double kBin = 0.01;  // Of the logarithm of a time in microseconds.

// The index of a window and its times: the logarithm of the least in bins, then how many
// bins further each next one is.
json written_of(const metrics::Window& window) {
  metrics::Histogram times;
  times.merge(window.response_times);
  json steps = json::array();
  std::int64_t last = 0;
  for (const metrics::Histogram::Bin& bin : times.bins()) {
    const double middle = static_cast<double>((bin.lowest + bin.highest).count()) / 2;
    const std::int64_t position = std::llround(std::log(std::max(1.0, middle / 1e3)) / kBin);
    for (std::uint64_t i = 0; i < bin.count; ++i) {
      steps.push_back(position - last);
      last = position;
    }
  }
  return {window.index, std::move(steps)};
}

metrics::Window window_of(const json& written) {
  metrics::Window window;
  window.index = written.at(0).get<std::uint32_t>();
  metrics::Histogram times;
  std::int64_t position = 0;
  for (const json& step : written.at(1)) {
    position += step.get<std::int64_t>();
    times.record(from_seconds(std::exp(static_cast<double>(position) * kBin) / 1e6));
  }
  window.requests = times.count();
  window.response_times = times.pack();
  return window;
}

}  // namespace

json times_of(const std::vector<metrics::Series>& all, metrics::Interval held) {
  const metrics::HeldWindows windows{held};
  json times = json::array();
  for (const metrics::Series& series : all) {
    json written = json::array();
    for (const metrics::Window& window : series.windows) {
      if (windows.place_of(window)) written.push_back(written_of(window));
    }
    times.push_back(std::move(written));
  }
  return times;
}

void restore_times(std::vector<metrics::Series>& all, const json& written) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const json& window : written.at(i)) {
      all[i].windows.push_back(window_of(window));
      all[i].held.response_times.merge(all[i].windows.back().response_times);
    }
  }
}

void drop_times(std::vector<metrics::Series>& all) {
  for (metrics::Series& series : all) {
    series.windows.clear();
    series.held.response_times.clear();
    series.held.service_times.clear();
    series.held.phases = {};
    series.all = series.held;
  }
}

}  // namespace loadgate::trust
