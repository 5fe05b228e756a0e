#pragma once

// Runs with the levels a test asks for: one judged stage "peak" of 60 s after a warm-up,
// a series for each request whose p50 and p95 are what is said, to 0.1 %.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "gate/judge.h"
#include "metrics/run_digest.h"
#include "support/sample_result.h"

namespace loadgate::gate {

struct Level {
  std::string request = "GET /";
  double p50_ms = 10, p95_ms = 30;
  std::uint64_t requests = 1000, failures = 0;
};

inline metrics::Series made_series(const Level& level, std::uint16_t stage,
                                   std::uint32_t request_name) {
  metrics::Series series;
  series.key = {metrics::Side::head, stage, request_name};
  metrics::Tally tally;
  tally.requests = level.requests;
  tally.errors[static_cast<std::size_t>(metrics::ErrorKind::unexpected_status)] = level.failures;
  const auto slow = static_cast<std::uint32_t>(level.requests / 5);
  const auto fast = static_cast<std::uint32_t>(level.requests) - slow;
  if (fast > 0) tally.response_times.record(from_seconds(level.p50_ms / 1e3), fast);
  if (slow > 0) tally.response_times.record(from_seconds(level.p95_ms / 1e3), slow);
  series.all = tally;
  series.held = tally;
  return series;
}

inline metrics::StageInfo made_stage(const std::string& name, int from_s, int to_s) {
  metrics::StageInfo stage;
  stage.name = name;
  stage.users = 20;
  stage.planned = {std::chrono::seconds(from_s), std::chrono::seconds(to_s)};
  stage.held = stage.planned;
  stage.load_hash = "load of " + name;
  return stage;
}

inline metrics::RunResult made_run(const std::vector<Level>& levels,
                                   const std::string& boot = "boot of head") {
  metrics::RunResult run;
  run.info.plan_name = "shop";
  run.info.plan_file = "shop.yaml";
  run.info.length = std::chrono::seconds(70);
  run.info.environment = support::sample_environment(boot);
  run.judging.stages = {made_stage("warm up", 0, 10), made_stage("peak", 10, 70)};
  run.judging.stages[0].is_warmup = true;
  std::uint32_t request_name = 0;
  for (const Level& level : levels) {
    run.judging.requests.push_back({level.request, plan::Role::task, "load of " + level.request});
    if (level.requests > 0) run.series.push_back(made_series(level, 1, request_name));
    ++request_name;
  }
  return run;
}

inline metrics::RunDigest made_stored(const std::vector<Level>& levels, int number,
                                      const std::string& boot) {
  metrics::RunResult run = made_run(levels, boot);
  run.info.started =
      WallTime(std::chrono::milliseconds(1'795'316'645'678)) + std::chrono::minutes(number);
  run.info.commit = "commit " + std::to_string(number);
  return metrics::digest_of(run);
}

// As many boots as runs, all the same.
inline Baseline made_baseline(const std::vector<Level>& levels, int runs) {
  Baseline baseline{"baselines/shop", {}};
  for (int i = 0; i < runs; ++i) {
    baseline.runs.push_back(made_stored(levels, i, "boot " + std::to_string(i)));
  }
  return baseline;
}

// The same with every response time `factor` times as long.
inline std::vector<Level> slower(std::vector<Level> levels, double factor) {
  for (Level& level : levels) {
    level.p50_ms *= factor;
    level.p95_ms *= factor;
  }
  return levels;
}

// REQUIRES: the verdict has it.
inline const ComparisonFinding& found(const Verdict& verdict, ComparedMetric metric,
                                      const std::string& request = "GET /") {
  return *std::find_if(
      verdict.comparisons.begin(), verdict.comparisons.end(),
      [&](const ComparisonFinding& one) { return one.metric == metric && one.request == request; });
}

}  // namespace loadgate::gate
