#include "recording.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "metrics/run_result_json.h"

namespace loadgate::trust {
namespace {

using metrics::Epoch;
using metrics::EpochSide;
using nlohmann::json;

constexpr std::size_t kMostBins = 100000;  // So that all bins are of about 1 %.
constexpr Nanoseconds kWindow = std::chrono::seconds(1);

std::vector<WindowLevel> window_levels(const EpochSide& side, metrics::Interval held) {
  std::map<std::uint32_t, metrics::Histogram> by_second;
  for (const metrics::Series& series : side.series) {
    for (const metrics::Window& window : series.windows) {
      const Nanoseconds from = window.index * kWindow;
      if (from < held.from || from + kWindow > held.to) continue;
      by_second[window.index].merge(window.response_times);
    }
  }
  std::vector<WindowLevel> levels;
  for (const auto& [second, times] : by_second) {
    levels.push_back({times.quantile(0.5), times.quantile(0.95)});
  }
  return levels;
}

json json_of(const std::vector<WindowLevel>& levels) {
  json written = json::array();
  for (const WindowLevel& level : levels) {
    written.push_back({level.p50.count() / 1000, level.p95.count() / 1000});
  }
  return written;
}

std::vector<WindowLevel> levels_of(const json& written) {
  std::vector<WindowLevel> levels;
  for (const json& level : written) {
    levels.push_back({std::chrono::microseconds(level.at(0).get<std::int64_t>()),
                      std::chrono::microseconds(level.at(1).get<std::int64_t>())});
  }
  return levels;
}

// The held part alone, without windows.
void shrink(EpochSide& side, metrics::Interval held) {
  for (metrics::Series& series : side.series) {
    series.windows.clear();
    series.held.response_times = series.held.response_times.coarsened(kMostBins);
    series.held.service_times.clear();
    series.held.phases = {};
    series.all = series.held;
  }
  const auto spent = metrics::cpu_within(side.use, held);
  if (!spent) return;
  const metrics::UsePoint last = side.use.points.back();
  side.use.points = {{held.from, {}, last.memory, last.processes},
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

void shrink(metrics::RunResult& run) {
  run.info.plan_text.clear();
  run.info.plan_file.clear();
  run.info.command.clear();
  run.info.target.clear();
  run.series.clear();
  run.failures.clear();
  run.slowest.clear();
  run.users.clear();
  run.health = {};
  std::erase_if(run.duet->epochs, [](const Epoch& epoch) { return !epoch.counts(); });
  for (Epoch& epoch : run.duet->epochs) {
    shrink(epoch.base, epoch.held);
    shrink(epoch.head, epoch.held);
    shrink(epoch.machine, epoch.held);
  }
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

// Only `held` is read from here on; each histogram takes some ten kB.
void forget_all(EpochSide& side) {
  for (metrics::Series& series : side.series) series.all = {};
}

}  // namespace

Result<std::string> pack(std::string_view result_json) {
  const json document = json::parse(result_json, nullptr, false);
  if (document.is_discarded() || !document.contains("run")) return failure("no result.json");
  Result<metrics::RunResult> run = metrics::run_result_of(document["run"], "run");
  if (!run) return failure(run.error());
  if (!run->duet) return failure("the result is not of a duet");
  json windows = json::array();
  for (const Epoch& epoch : run->duet->epochs) {
    if (!epoch.counts()) continue;
    windows.push_back({{"base", json_of(window_levels(epoch.base, epoch.held))},
                       {"head", json_of(window_levels(epoch.head, epoch.held))}});
  }
  const std::size_t spoilt = run->duet->epochs.size() - windows.size();
  shrink(*run);
  return json({{"result", metrics::json_of(*run)}, {"windows", windows}, {"spoilt", spoilt}})
      .dump();
}

Result<Recording> unpack(std::string_view line) {
  const json document = json::parse(line, nullptr, false);
  if (document.is_discarded()) return failure("the recording is not JSON");
  Result<metrics::RunResult> run = metrics::run_result_of(document.at("result"), "result");
  if (!run) return failure(run.error());
  Recording recording;
  const Nanoseconds took = typical_length(*run->duet);
  for (std::size_t i = 0; i < run->duet->epochs.size(); ++i) {
    const json& windows = document.at("windows").at(i);
    recording.epochs.push_back({std::move(run->duet->epochs[i]), levels_of(windows.at("base")),
                                levels_of(windows.at("head")), took});
    forget_all(recording.epochs.back().epoch.base);
    forget_all(recording.epochs.back().epoch.head);
  }
  run->duet->epochs.clear();
  run->series.clear();  // Those of the epochs together.
  recording.run = std::move(*run);
  return recording;
}

}  // namespace loadgate::trust
