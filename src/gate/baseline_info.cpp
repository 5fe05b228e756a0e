#include "gate/baseline_info.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gate/drift.h"
#include "gate/stored_units.h"

namespace loadgate::gate {
namespace {

std::string record_command(const metrics::RunInfo& head) {
  return fmt::format("loadgate baseline record {} --runs 5", head.plan_file);
}

// The environment most stored runs come from; of equals the first by name.
std::string usual_environment(const std::vector<metrics::RunDigest>& runs) {
  std::map<std::string, int> counts;
  for (const metrics::RunDigest& run : runs) ++counts[run.environment.text()];
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// Whether they count or not.
std::size_t of_like_machines(const metrics::RunInfo& head, const Baseline& baseline) {
  const std::string fingerprint = head.environment.fingerprint();
  return static_cast<std::size_t>(std::count_if(
      baseline.runs.begin(), baseline.runs.end(),
      [&](const auto& stored) { return stored.environment.fingerprint() == fingerprint; }));
}

std::string why_nothing_fits(const metrics::RunInfo& head, const Baseline& baseline,
                             std::size_t matching) {
  if (baseline.runs.empty()) {
    return fmt::format("There is no stored run in {}: make some with \"{}\".", baseline.folder,
                       record_command(head));
  }
  const bool is_of_other_machines = of_like_machines(head, baseline) == 0;
  if (matching == 0 && !is_of_other_machines) {
    return fmt::format(
        "The stored runs of machines like this one are older than the slower level that was "
        "accepted: make new ones with \"{}\".",
        record_command(head));
  }
  if (matching == 0) {
    return fmt::format(
        "None of the {} stored runs comes from a machine like this one ({}); they come from {}: "
        "run there, or make runs here with \"{}\".",
        baseline.runs.size(), head.environment.text(), usual_environment(baseline.runs),
        record_command(head));
  }
  return fmt::format(
      "The load of this plan is not that of the stored runs, so nothing can be compared: make new "
      "ones with \"{}\".",
      record_command(head));
}

void name_runs(BaselineInfo& info, const std::vector<const metrics::RunDigest*>& matching) {
  if (matching.empty()) return;
  info.oldest = iso8601(matching.front()->started);
  info.newest = iso8601(matching.back()->started);
  for (auto run = matching.rbegin(); run != matching.rend(); ++run) {
    const std::string& commit = (*run)->commit;
    const bool is_new =
        std::find(info.commits.begin(), info.commits.end(), commit) == info.commits.end();
    if (!commit.empty() && is_new) info.commits.push_back(commit);
  }
}

// That older runs no longer count, and why.
std::string accepted_remark(const Baseline& baseline) {
  const WallTime from = counts_from(baseline.runs);
  const auto accepted = std::find_if(
      baseline.runs.begin(), baseline.runs.end(),
      [&](const metrics::RunDigest& run) { return !run.accepted.empty() && run.started == from; });
  if (accepted == baseline.runs.end()) return {};
  return fmt::format("A slower level was accepted on {} ({}): older runs do not count.",
                     iso8601(from).substr(0, 10), accepted->accepted);
}

std::string drift_remark(const metrics::RunResult& run, const Baseline& baseline) {
  if (baseline.anchor.empty()) return {};
  const Drift drift = drift_of(of_environment(baseline, run.info.environment), run.judging.gate);
  if (drift.findings.empty()) return {};
  return fmt::format("Slow drift: {}: {}.", drift.sentence, fmt::join(drift.findings, "; "));
}

std::vector<std::string> remarks_on(const metrics::RunResult& run, const Baseline& baseline) {
  std::vector<std::string> remarks;
  if (!run.earlier.empty()) {
    remarks.push_back(fmt::format("{} runs were made: only what got worse in each is called worse.",
                                  run.earlier.size() + 1));
  }
  for (std::string& one : std::vector{accepted_remark(baseline), drift_remark(run, baseline)}) {
    if (!one.empty()) remarks.push_back(std::move(one));
  }
  return remarks;
}

}  // namespace

BaselineInfo describe_baseline(const metrics::RunResult& run, const Baseline& baseline,
                               const std::vector<const metrics::RunDigest*>& matching,
                               LoadMatch load) {
  const metrics::RunInfo& head = run.info;
  BaselineInfo info;
  info.folder = baseline.folder;
  info.runs_found = static_cast<int>(baseline.runs.size());
  info.runs_matching = static_cast<int>(matching.size());
  name_runs(info, matching);

  std::vector<UnitRun> runs;
  runs.reserve(matching.size());
  for (const metrics::RunDigest* one : matching) runs.push_back({one->environment.boot, nullptr});
  const Units units = group_into_units(runs, head.environment.boot);
  info.units = static_cast<int>(units.count());
  info.is_same_boot = units.is_same_boot;
  info.remarks = remarks_on(run, baseline);
  if (load == LoadMatch::none) info.note = why_nothing_fits(head, baseline, matching.size());
  return info;
}

}  // namespace loadgate::gate
