#include "recording.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "metrics/run_result_json.h"
#include "recorded_times.h"

namespace loadgate::trust {
namespace {

using metrics::Epoch;
using metrics::EpochSide;
using metrics::RunResult;
using nlohmann::json;

// The held part alone.
void shrink(metrics::ResourceUse& use, metrics::Interval held) {
  const auto spent = metrics::cpu_within(use, held);
  if (!spent) return;
  const metrics::UsePoint last = use.points.back();
  use.points = {{held.from, {}, last.memory, last.processes},
                {held.to, *spent, last.memory, last.processes}};
}

void shrink(metrics::MachineUse& machine, metrics::Interval held) {
  const auto shares = metrics::shares_within(machine, held);
  if (!shares) return;
  const auto part = [&](double share, double cores) {
    return Nanoseconds(
        static_cast<Nanoseconds::rep>(share * cores * static_cast<double>(held.length().count())));
  };
  const double cores = machine.cores;
  machine.points = {{.at = held.from},
                    {.at = held.to,
                     .busy = part(shares->busy, cores),
                     .stolen = part(shares->stolen, cores),
                     .pressure = part(shares->pressure, 1),
                     .own = part(shares->own, cores)}};
}

// What the gate does not read of any run.
void shrink(RunResult& run) {
  run.info.plan_text.clear();
  run.info.plan_file.clear();
  run.info.command.clear();
  run.info.target.clear();
  run.failures.clear();
  run.slowest.clear();
  run.users.clear();
}

std::string packed_duet(RunResult run) {
  shrink(run);
  run.series.clear();
  run.health = {};
  std::vector<Epoch>& epochs = run.duet->epochs;
  const std::size_t spoilt =
      std::erase_if(epochs, [](const Epoch& epoch) { return !epoch.counts(); });
  json times = json::array();
  for (Epoch& epoch : epochs) {
    times.push_back({{"base", times_of(epoch.base.series, epoch.held)},
                     {"head", times_of(epoch.head.series, epoch.held)}});
    for (EpochSide* side : {&epoch.base, &epoch.head}) {
      drop_times(side->series);
      shrink(side->use, epoch.held);
    }
    shrink(epoch.machine, epoch.held);
  }
  const json line = {
      {"result", metrics::json_of(run)}, {"times", std::move(times)}, {"spoilt", spoilt}};
  return line.dump();
}

// The index of the one stage that is judged.
Result<std::uint16_t> judged_stage(const RunResult& run) {
  const std::vector<metrics::StageInfo>& stages = run.judging.stages;
  const auto is_judged = [](const metrics::StageInfo& stage) { return stage.is_judged(); };
  if (std::ranges::count_if(stages, is_judged) != 1) return failure("not one judged stage");
  return static_cast<std::uint16_t>(std::ranges::find_if(stages, is_judged) - stages.begin());
}

Result<std::string> packed_run(RunResult run) {
  const Result<std::uint16_t> stage = judged_stage(run);
  if (!stage) return failure(stage.error());
  const metrics::Interval held = run.judging.stages[*stage].held;
  shrink(run);
  std::erase_if(run.series, [&](const auto& series) { return series.key.stage != *stage; });
  json times = times_of(run.series, held);
  drop_times(run.series);
  for (metrics::ResourceUse& use : run.services) shrink(use, held);
  shrink(run.machine, held);
  const json line = {{"result", metrics::json_of(run)}, {"times", std::move(times)}};
  return line.dump();
}

// What an epoch takes with its starts: the median over the recording, so that the last
// has one too.
Nanoseconds typical_length(const metrics::Duet& duet) {
  std::vector<Nanoseconds> lengths{duet.epoch_length};
  for (std::size_t i = 1; i < duet.epochs.size(); ++i) {
    if (duet.epochs[i].number != duet.epochs[i - 1].number + 1) continue;
    lengths.push_back(duet.epochs[i].began - duet.epochs[i - 1].began);
  }
  std::ranges::sort(lengths);
  return lengths[lengths.size() / 2];
}

// Of tallies only `held` is read from here on; each histogram takes some ten kB.
void forget_all(std::vector<metrics::Series>& all) {
  for (metrics::Series& series : all) series.all = {};
}

std::vector<Nanoseconds> medians_of(const std::vector<metrics::Series>& all) {
  std::map<std::uint32_t, metrics::Histogram> by_second;
  for (const metrics::Series& series : all) {
    for (const metrics::Window& window : series.windows) {
      by_second[window.index].merge(window.response_times);
    }
  }
  std::vector<Nanoseconds> medians;
  for (const auto& [second, times] : by_second) medians.push_back(times.quantile(0.5));
  return medians;
}

struct Line {
  RunResult run;
  json times;
};

Result<Line> read(std::string_view text) {
  json document = json::parse(text, nullptr, false);
  if (document.is_discarded()) return failure("the recording is not JSON");
  Result<RunResult> run = metrics::run_result_of(document.at("result"), "result");
  if (!run) return failure(run.error());
  run->judging.gate = {};  // Today's defaults, whatever they were when it was recorded.
  return Line{std::move(*run), std::move(document.at("times"))};
}

}  // namespace

Result<std::string> pack(std::string_view result_json) {
  const json document = json::parse(result_json, nullptr, false);
  if (document.is_discarded() || !document.contains("run")) return failure("no result.json");
  Result<RunResult> run = metrics::run_result_of(document["run"], "run");
  if (!run) return failure(run.error());
  if (run->duet) return packed_duet(std::move(*run));
  return packed_run(std::move(*run));
}

Result<RecordedDuet> unpack_duet(std::string_view text) {
  Result<Line> line = read(text);
  if (!line) return failure(line.error());
  if (!line->run.duet) return failure("the recording is not of a duet");
  RecordedDuet recorded;
  std::vector<Epoch>& epochs = line->run.duet->epochs;
  const Nanoseconds took = typical_length(*line->run.duet);
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    Epoch& epoch = epochs[i];
    restore_times(epoch.base.series, line->times.at(i).at("base"));
    restore_times(epoch.head.series, line->times.at(i).at("head"));
    forget_all(epoch.base.series);
    forget_all(epoch.head.series);
    recorded.epochs.push_back({std::move(epoch), took});
  }
  epochs.clear();
  line->run.series.clear();  // Those of the epochs together.
  recorded.run = std::move(line->run);
  return recorded;
}

Result<RecordedRun> unpack_run(std::string_view text) {
  Result<Line> line = read(text);
  if (!line) return failure(line.error());
  RecordedRun recorded;
  recorded.run = std::move(line->run);
  restore_times(recorded.run.series, line->times);
  forget_all(recorded.run.series);
  recorded.digest = metrics::digest_of(recorded.run);
  recorded.medians = medians_of(recorded.run.series);
  return recorded;
}

}  // namespace loadgate::trust
