#include "gate/pace.h"

#include <algorithm>
#include <cmath>

#include "gate/stored_units.h"

namespace loadgate::gate {
namespace {

constexpr double kLikeWork = 0.05;  // Bytes of a request, requests a second: at most so different.

bool are_alike(double a, double b) { return std::fabs(a - b) <= kLikeWork * std::max(a, b); }

std::optional<double> pace_of(const metrics::DigestSeries* pool) {
  if (pool == nullptr || !pool->generator_cpu_per_request) return std::nullopt;
  const auto spent = static_cast<double>(pool->generator_cpu_per_request->count());
  if (!(spent > 0)) return std::nullopt;
  return std::log(spent);
}

}  // namespace

std::optional<double> Paces::of(const metrics::DigestSeries& series) const {
  const auto found = stored.find(&series);
  if (found == stored.end()) return std::nullopt;
  return found->second;
}

StagePace::StagePace(const metrics::RunDigest& head, std::string_view stage) : head_(head) {
  const auto pool = std::find_if(head.series.begin(), head.series.end(), [&](const auto& series) {
    return series.stage == stage && series.request == metrics::kAllRequests;
  });
  if (pool != head.series.end()) pool_ = &*pool;
}

std::optional<double> StagePace::of_head() const { return pace_of(pool_); }

std::optional<double> StagePace::of(const metrics::RunDigest& stored) const {
  if (pool_ == nullptr || stored.tool_version != head_.tool_version) return std::nullopt;
  const metrics::DigestSeries* same = series_like(*pool_, stored);
  if (same == nullptr || !are_alike(same->bytes_per_request, pool_->bytes_per_request) ||
      !are_alike(same->per_second, pool_->per_second)) {
    return std::nullopt;
  }
  return pace_of(same);
}

}  // namespace loadgate::gate
