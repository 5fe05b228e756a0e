#include "session/joined_head.h"

#include <algorithm>
#include <tuple>

namespace loadgate::session {
namespace {

metrics::FailureSample moved(metrics::FailureSample sample, Nanoseconds by) {
  sample.at += by;
  return sample;
}

template <class Group, class Same>
Group& group_like(const Group& one, std::vector<Group>& groups, Same same) {
  const auto found =
      std::find_if(groups.begin(), groups.end(), [&](const Group& other) { return same(other); });
  if (found != groups.end()) return *found;
  groups.push_back(one);
  groups.back().samples.clear();
  return groups.back();
}

}  // namespace

void JoinedHead::add(const metrics::RunResult& head, const metrics::Epoch& epoch) {
  for (const metrics::FailureGroup& one : head.failures) {
    const std::size_t groups = failures_.size();
    metrics::FailureGroup& group = group_like(one, failures_, [&](const auto& other) {
      return other.request_name == one.request_name && other.kind == one.kind;
    });
    if (failures_.size() == groups) group.count += one.count;
    for (const metrics::FailureSample& sample : one.samples) {
      if (group.samples.size() == metrics::kSamplesPerKind) break;
      group.samples.push_back(moved(sample, epoch.began));
    }
  }
  for (const metrics::SlowGroup& one : head.slowest) {
    auto& samples = group_like(one, slowest_, [&](const auto& other) {
                      return other.request_name == one.request_name;
                    }).samples;
    for (const auto& sample : one.samples) samples.push_back(moved(sample, epoch.began));
    std::stable_sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) {
      return a.response_time > b.response_time;
    });
    if (samples.size() > metrics::kSlowSamples) samples.resize(metrics::kSlowSamples);
  }
  add_health(head.health);
}

void JoinedHead::add_health(const metrics::Health& health) {
  ++epochs_;
  health_.cpu_share += health.cpu_share;
  health_.late_share += health.late_share;
  health_.steal_share += health.steal_share;
  health_.busiest_worker = std::max(health_.busiest_worker, health.busiest_worker);
  health_.lateness_p50 = std::max(health_.lateness_p50, health.lateness_p50);
  health_.lateness_p99 = std::max(health_.lateness_p99, health.lateness_p99);
  health_.loop_lag_p99 = std::max(health_.loop_lag_p99, health.loop_lag_p99);
  health_.reconnects += health.reconnects;
  health_.arrivals += health.arrivals;
  health_.dropped += health.dropped;
  add_warnings(health.warnings);
}

void JoinedHead::add_warnings(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) {
    std::vector<std::string>& mine = health_.warnings;
    if (std::find(mine.begin(), mine.end(), warning) == mine.end()) mine.push_back(warning);
  }
}

void JoinedHead::finish(metrics::RunResult& result) {
  std::sort(failures_.begin(), failures_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.request_name, a.kind) < std::tie(b.request_name, b.kind);
  });
  std::sort(slowest_.begin(), slowest_.end(),
            [](const auto& a, const auto& b) { return a.request_name < b.request_name; });
  result.failures = std::move(failures_);
  result.slowest = std::move(slowest_);
  for (double* share : {&health_.cpu_share, &health_.late_share, &health_.steal_share}) {
    *share /= std::max(1.0, epochs_);
  }
  health_.invalid = std::move(result.health.invalid);
  add_warnings(result.health.warnings);
  result.health = std::move(health_);
}

}  // namespace loadgate::session
