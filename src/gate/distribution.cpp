#include "gate/distribution.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "metrics/run_digest.h"

namespace loadgate::gate {
namespace {

constexpr std::size_t kMostRequests = 40;
constexpr double kMargin = 1.1;  // On both ends of the axis.

struct Times {
  metrics::Histogram base, head;

  metrics::Histogram& of(metrics::Side side) { return side == metrics::Side::base ? base : head; }
};

double ns(Nanoseconds time) { return static_cast<double>(time.count()); }

Nanoseconds middle_of(const metrics::Histogram::Bin& bin) {
  return bin.lowest + (bin.highest - bin.lowest) / 2;
}

void set_axis(const Times& times, Distribution& distribution) {
  double lowest = 0, highest = 0;
  for (const metrics::Histogram* each : {&times.base, &times.head}) {
    if (each->empty()) continue;
    const double least = std::max(1.0, ns(each->min()));
    lowest = lowest > 0 ? std::min(lowest, least) : least;
    highest = std::max(highest, ns(each->max()));
  }
  distribution.lowest = Nanoseconds(static_cast<Nanoseconds::rep>(std::max(1.0, lowest / kMargin)));
  distribution.highest =
      Nanoseconds(static_cast<Nanoseconds::rep>(std::max(highest, lowest) * kMargin) + 2);
}

Distribution::Shape shape_of(const metrics::Histogram& times, metrics::Side side,
                             const Distribution& axis) {
  Distribution::Shape shape{side, times.count(), std::vector<double>(kDistributionBins), {}, {},
                            {}};
  const double width = std::log(ns(axis.highest) / ns(axis.lowest));
  for (const metrics::Histogram::Bin& bin : times.bins()) {
    const double middle = std::max(ns(middle_of(bin)), ns(axis.lowest));
    const double place = std::log(middle / ns(axis.lowest)) / width * kDistributionBins;
    const auto index = std::min(static_cast<std::size_t>(place), kDistributionBins - 1);
    shape.shares[index] += static_cast<double>(bin.count) / static_cast<double>(times.count());
  }
  shape.p50 = times.quantile(0.5);
  shape.p95 = times.quantile(0.95);
  shape.p99 = times.quantile(0.99);
  return shape;
}

void rate(const metrics::Histogram& head, const plan::Rating& bands, Distribution& distribution) {
  for (const metrics::Histogram::Bin& bin : head.bins()) {
    const double share = static_cast<double>(bin.count) / static_cast<double>(head.count());
    const Nanoseconds middle = middle_of(bin);
    double& band = middle <= bands.optimal      ? distribution.optimal
                   : middle <= bands.acceptable ? distribution.acceptable
                                                : distribution.slow;
    band += share;
  }
}

std::optional<Distribution> distribution_of(std::string request, const Times& times,
                                            const plan::Rating& bands) {
  if (times.base.empty() && times.head.empty()) return std::nullopt;
  Distribution distribution;
  distribution.request = std::move(request);
  set_axis(times, distribution);
  for (const auto& [side, each] :
       {std::pair(metrics::Side::base, &times.base), std::pair(metrics::Side::head, &times.head)}) {
    if (!each->empty()) distribution.shapes.push_back(shape_of(*each, side, distribution));
  }
  rate(times.head, bands, distribution);
  return distribution;
}

bool is_judged(const metrics::SeriesKey& key, const metrics::Judging& judging) {
  return key.stage < judging.stages.size() && key.request_name < judging.requests.size() &&
         judging.stages[key.stage].is_judged() &&
         judging.requests[key.request_name].role == plan::Role::task;
}

}  // namespace

std::vector<Distribution> distributions_of(const metrics::RunResult& run) {
  Times pool;
  std::map<std::uint32_t, Times> by_name;
  for (const metrics::Series& one : run.series) {
    if (!is_judged(one.key, run.judging)) continue;
    pool.of(one.key.side).merge(one.held.response_times);
    by_name[one.key.request_name].of(one.key.side).merge(one.held.response_times);
  }
  std::vector<Distribution> all;
  const auto add = [&](std::string request, const Times& times) {
    auto made = distribution_of(std::move(request), times, run.judging.rating);
    if (made && all.size() <= kMostRequests) all.push_back(std::move(*made));
  };
  add(std::string(metrics::kAllRequests), pool);
  if (by_name.size() < 2) return all;
  for (const auto& [name, times] : by_name) add(run.judging.requests[name].text, times);
  return all;
}

}  // namespace loadgate::gate
