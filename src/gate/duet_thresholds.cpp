#include "gate/duet_thresholds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "gate/judge.h"

namespace loadgate::gate {
namespace {

// How much is sent is the duet's doing.
bool is_of_the_load(plan::Metric metric) {
  return metric == plan::Metric::requests_per_second || metric == plan::Metric::requests;
}

bool is_elsewhere(const plan::Threshold& threshold, const metrics::Judging& judging) {
  return !threshold.stage.empty() &&
         std::none_of(judging.stages.begin(), judging.stages.end(),
                      [&](const auto& stage) { return stage.name == threshold.stage; });
}

// Base as if it were a stored run of the same plan.
Baseline base_as_stored(const metrics::RunResult& run) {
  metrics::RunResult base;
  base.judging = run.judging;
  for (const metrics::Series& series : run.series) {
    if (series.key.side != metrics::Side::base) continue;
    base.series.push_back(series);
    base.series.back().key.side = metrics::Side::head;
  }
  Baseline stored;
  stored.folder = run.duet->base;
  stored.runs.push_back(metrics::digest_of(base));
  return stored;
}

void say_left_out(std::size_t count, const char* why, std::vector<std::string>& remarks) {
  if (count == 0) return;
  remarks.push_back(
      fmt::format("{} left out: {}.",
                  count == 1 ? "1 threshold is" : fmt::format("{} thresholds are", count), why));
}

}  // namespace

DuetThresholds check_duet_thresholds(const metrics::RunResult& run) {
  DuetThresholds checked;
  metrics::Judging judging = run.judging;
  const auto of_load = std::erase_if(
      judging.thresholds, [](const plan::Threshold& one) { return is_of_the_load(one.metric); });
  const auto elsewhere = std::erase_if(judging.thresholds, [&](const plan::Threshold& one) {
    return is_elsewhere(one, run.judging);
  });
  say_left_out(of_load, "a duet chooses its own load", checked.remarks);
  say_left_out(elsewhere, "a duet does not run the stage they are of", checked.remarks);
  if (run.series.empty()) return checked;
  const bool is_relative =
      std::any_of(judging.thresholds.begin(), judging.thresholds.end(),
                  [](const plan::Threshold& one) { return one.relative_to_baseline; });
  std::optional<Baseline> base;
  if (is_relative) base = base_as_stored(run);
  checked.findings = check_thresholds(judging, run.series, base);
  return checked;
}

}  // namespace loadgate::gate
