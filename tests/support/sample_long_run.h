#pragma once

// A run of two hours, as large as runs get in all that reports show: for what must stay small
// and quick however long a run was.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include "base/random.h"
#include "support/sample_duet.h"
#include "support/sample_result.h"

namespace loadgate::support {

inline metrics::Series sample_long_series(std::uint32_t name, std::uint32_t length) {
  Random random(name);
  metrics::Series series;
  series.key.request_name = name;
  const double middle = 0.004 * (name + 1);
  for (std::uint32_t second = 0; second < length; ++second) {
    metrics::Histogram times;
    const double wave = 1 + 0.2 * std::sin(second / 300.0);
    for (int i = 0; i < 8; ++i) {
      times.record(
          from_seconds(middle * wave * (0.6 + random.unit() + 6 * std::pow(random.unit(), 9))));
    }
    series.held.response_times.merge(times);
    series.windows.push_back({second, 8, second % 97 == name ? 1U : 0U, times.pack()});
  }
  series.held.requests = 8ULL * length;
  series.all = series.held;
  return series;
}

inline metrics::FailureGroup sample_long_failures(std::uint32_t name) {
  metrics::FailureGroup group;
  group.request_name = name;
  group.kind = metrics::ErrorKind::unexpected_status;
  group.count = 75;
  metrics::Sample sample;
  sample.error = group.kind;
  metrics::FailureSample failure = sample_failure(sample);
  failure.response.body = std::string(2'000, 'x');
  group.samples.assign(3, failure);
  return group;
}

inline metrics::RunResult sample_long_run() {
  constexpr std::uint32_t kNames = 12, kLength = 7'200;
  metrics::RunResult run = sample_result({.has_failures = false});
  run.info.plan_name = "two hours";
  run.info.length = std::chrono::seconds(kLength);
  metrics::StageInfo& steady = run.judging.stages[1];
  steady.planned.to = steady.held.to = run.info.length;
  run.judging.stages = {steady};
  run.judging.stages[0].planned.from = {};
  run.judging.requests.clear();
  run.series.clear();
  run.failures.clear();
  run.users.clear();
  for (std::uint32_t name = 0; name < kNames; ++name) {
    run.judging.requests.push_back({.text = fmt::format("GET /products/{}", name),
                                    .role = plan::Role::task,
                                    .load_hash = fingerprint_of(std::to_string(name))});
    run.series.push_back(sample_long_series(name, kLength));
    run.failures.push_back(sample_long_failures(name));
  }
  for (std::uint32_t second = 0; second < kLength; second += 4) {
    run.users.push_back({.at = std::chrono::seconds(second), .users = std::min(second, 100U)});
  }
  run.services = {sample_use("service", 0, kLength, 0.4), sample_use("db", 0, kLength, 0.1)};
  run.machine = sample_machine(0, kLength);
  return run;
}

}  // namespace loadgate::support
