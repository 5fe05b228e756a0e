#pragma once

// Levels over time and distributions as reports get them, made of whole numbers, so that the
// golden texts change only when a report does.

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "gate/distribution.h"
#include "gate/timeline.h"
#include "metrics/run_digest.h"

namespace loadgate::support {

// `base` at first, a little up and down, up to `percent` of it higher at the end.
inline gate::Curve::Levels sample_levels(double base, int slots, int percent) {
  static constexpr int kWaves[] = {0, 3, -2, 5, 1, -4, 2, 0, 4, -1};
  gate::Curve::Levels levels;
  for (int slot = 0; slot < slots; ++slot) {
    levels.emplace_back(base * (100 + kWaves[slot % 10] + percent * slot / slots) / 100);
  }
  return levels;
}

inline gate::Curve sample_curve(gate::Curve::Source source, metrics::Side side, double base,
                                int slots, int percent = 0) {
  gate::Curve curve{source, side};
  curve.levels = sample_levels(base, slots, percent);
  return curve;
}

inline gate::Curve sample_quantile(metrics::Side side, double base_ms, int slots) {
  gate::Curve curve = sample_curve(gate::Curve::Source::requests, side, base_ms * 1e6, slots, 10);
  for (const std::optional<double>& level : curve.levels) {
    curve.low.emplace_back(*level * 0.875);
    curve.high.emplace_back(*level * 1.25);
  }
  return curve;
}

inline gate::Curve sample_service_curve(std::string name, metrics::Side side, double base,
                                        int slots) {
  gate::Curve curve = sample_curve(gate::Curve::Source::service, side, base, slots);
  curve.name = std::move(name);
  return curve;
}

// Of a run with the stages of sample_stages(), in slots of 5 s.
inline gate::Timeline sample_timeline() {
  using enum gate::Charted;
  using namespace std::chrono_literals;
  using Source = gate::Curve::Source;
  constexpr auto kHead = metrics::Side::head;
  constexpr int kSlots = 27;
  gate::Timeline timeline;
  timeline.slot = 5s;
  timeline.slots = kSlots;
  timeline.stretches = {{"warm up", {0s, 10s}, {0s, 0s}, true},
                        {"peak", {10s, 70s}, {20s, 70s}, false},
                        {"spike", {70s, 130s}, {70s, 130s}, false}};
  gate::Curve failed = sample_curve(Source::requests, kHead, 0, kSlots);
  failed.levels[15] = 0.02;
  failed.levels[16] = 0.005;
  timeline.charts = {{rate, {sample_curve(Source::requests, kHead, 300, kSlots)}, {}},
                     {p50, {sample_quantile(kHead, 39, kSlots)}, {}},
                     {p95, {sample_quantile(kHead, 113, kSlots)}, {{{20s, 70s}, 300e6, {}}}},
                     {p99, {sample_quantile(kHead, 183, kSlots)}, {}},
                     {error_rate, {failed}, {}},
                     {users, {sample_curve(Source::requests, kHead, 100, kSlots)}, {}},
                     {cpu,
                      {sample_service_curve("service", kHead, 0.31, kSlots),
                       sample_service_curve("db", kHead, 0.095, kSlots),
                       sample_curve(Source::machine, kHead, 0.61, kSlots),
                       sample_curve(Source::generator, kHead, 0.09, kSlots)},
                      {}},
                     {memory,
                      {sample_service_curve("service", kHead, 84e6, kSlots),
                       sample_service_curve("db", kHead, 61e6, kSlots)},
                      {}}};
  return timeline;
}

// Against stored runs that were faster.
inline gate::Timeline sample_slower_timeline() {
  using namespace std::chrono_literals;
  gate::Timeline timeline = sample_timeline();
  timeline.charts[1].references = {{{20s, 70s}, 25e6, 22e6}};
  timeline.charts[2].references.push_back({{20s, 70s}, 95e6, 80e6});
  return timeline;
}

// Of six epochs of 8 s, in slots of 1 s, with an empty slot between two.
inline gate::Timeline sample_duet_timeline(double slowdown) {
  using enum gate::Charted;
  using namespace std::chrono_literals;
  using Source = gate::Curve::Source;
  constexpr auto kBase = metrics::Side::base, kHead = metrics::Side::head;
  constexpr int kEpochs = 6, kSlots = 9 * kEpochs - 1;
  gate::Timeline timeline;
  timeline.slot = 1s;
  timeline.slots = kSlots;
  for (int epoch = 0; epoch < kEpochs; ++epoch) {
    const auto from = epoch * 9s;
    timeline.stretches.push_back(
        {"epoch " + std::to_string(epoch + 1), {from, from + 8s}, {from + 2s, from + 8s}, false});
  }
  timeline.charts = {
      {rate,
       {sample_curve(Source::requests, kBase, 240, kSlots),
        sample_curve(Source::requests, kHead, 240, kSlots)},
       {}},
      {p50, {sample_quantile(kBase, 8, kSlots), sample_quantile(kHead, 8 * slowdown, kSlots)}, {}},
      {p95,
       {sample_quantile(kBase, 23, kSlots), sample_quantile(kHead, 23 * slowdown, kSlots)},
       {}},
      {cpu,
       {sample_service_curve("service", kBase, 0.2, kSlots),
        sample_service_curve("service", kHead, 0.2 * slowdown, kSlots),
        sample_curve(Source::machine, kHead, 0.8, kSlots)},
       {}}};
  for (gate::Chart& chart : timeline.charts) {
    for (gate::Curve& curve : chart.curves) {
      for (int gap = 8; gap < kSlots; gap += 9) curve.levels[static_cast<std::size_t>(gap)].reset();
    }
  }
  return timeline;
}

// A peak at a third of the axis, a tail behind it.
inline gate::Distribution::Shape sample_shape(metrics::Side side, std::size_t peak) {
  gate::Distribution::Shape shape;
  shape.side = side;
  shape.requests = 32'834;
  shape.shares.resize(gate::kDistributionBins);
  for (std::size_t bin = 0; bin < gate::kDistributionBins; ++bin) {
    const std::size_t far = bin > peak ? (bin - peak) / 2 : 2 * (peak - bin);
    shape.shares[bin] = far < 16 ? 1.0 / static_cast<double>(std::size_t{8} << far / 2) : 0;
  }
  shape.p50 = std::chrono::milliseconds(peak);
  shape.p95 = std::chrono::milliseconds(3 * peak);
  shape.p99 = std::chrono::milliseconds(5 * peak);
  return shape;
}

inline gate::Distribution sample_distribution(std::string request) {
  using namespace std::chrono_literals;
  gate::Distribution distribution;
  distribution.request = std::move(request);
  distribution.lowest = 2ms;
  distribution.highest = 2s;
  distribution.shapes = {sample_shape(metrics::Side::head, 24)};
  distribution.optimal = 0.93;
  distribution.acceptable = 0.05;
  distribution.slow = 0.02;
  return distribution;
}

inline std::vector<gate::Distribution> sample_distributions() {
  return {sample_distribution(std::string(metrics::kAllRequests)),
          sample_distribution("GET /store/products/"),
          sample_distribution("GET /store/products/:id")};
}

inline std::vector<gate::Distribution> sample_duet_distributions(std::size_t head_peak) {
  std::vector<gate::Distribution> all = sample_distributions();
  for (gate::Distribution& one : all) {
    one.shapes = {sample_shape(metrics::Side::base, 20),
                  sample_shape(metrics::Side::head, head_peak)};
  }
  return all;
}

}  // namespace loadgate::support
