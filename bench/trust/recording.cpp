#include "recording.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "metrics/run_result_json.h"

namespace loadgate::trust {
namespace {

using metrics::Epoch;
using metrics::EpochSide;
using nlohmann::json;

constexpr double kBin = 0.01;  // Of the logarithm of a time in microseconds.
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

// The held windows of a series, each its index and its times: the logarithm of the least in
// bins, then how many bins further each next one is.
json times_of(const metrics::Series& series, metrics::Interval held) {
  json windows = json::array();
  for (const metrics::Window& window : series.windows) {
    const Nanoseconds from = window.index * kWindow;
    if (from < held.from || from + kWindow > held.to) continue;
    metrics::Histogram times;
    times.merge(window.response_times);
    json steps = json::array();
    std::int64_t last = 0;
    for (const metrics::Histogram::Bin& bin : times.bins()) {
      const double middle = static_cast<double>((bin.lowest + bin.highest).count()) / 2;
      const std::int64_t position = std::llround(std::log(std::max(1.0, middle / 1e3)) / kBin);
      for (std::uint64_t i = 0; i < bin.count; ++i) {
        steps.push_back(position - last);
        last = position;
      }
    }
    windows.push_back({window.index, std::move(steps)});
  }
  return windows;
}

json times_of(const EpochSide& side, metrics::Interval held) {
  json all = json::array();
  for (const metrics::Series& series : side.series) all.push_back(times_of(series, held));
  return all;
}

metrics::Window window_of(const json& written) {
  metrics::Window window;
  window.index = written.at(0).get<std::uint32_t>();
  metrics::Histogram times;
  std::int64_t position = 0;
  for (const json& step : written.at(1)) {
    position += step.get<std::int64_t>();
    times.record(from_seconds(std::exp(static_cast<double>(position) * kBin) / 1e6));
  }
  window.requests = times.count();
  window.response_times = times.pack();
  return window;
}

// Also of `held`, which is their sum.
void restore_times(EpochSide& side, const json& written) {
  for (std::size_t i = 0; i < side.series.size(); ++i) {
    metrics::Series& series = side.series[i];
    for (const json& window : written.at(i)) {
      series.windows.push_back(window_of(window));
      series.held.response_times.merge(series.windows.back().response_times);
    }
  }
}

// The held part alone, without times.
void shrink(EpochSide& side, metrics::Interval held) {
  for (metrics::Series& series : side.series) {
    series.windows.clear();
    series.held.response_times.clear();
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

// Of tallies only `held` is read from here on; each histogram takes some ten kB.
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
  json times = json::array();
  for (const Epoch& epoch : run->duet->epochs) {
    if (!epoch.counts()) continue;
    times.push_back(
        {{"base", times_of(epoch.base, epoch.held)}, {"head", times_of(epoch.head, epoch.held)}});
  }
  const std::size_t spoilt = run->duet->epochs.size() - times.size();
  shrink(*run);
  return json({{"result", metrics::json_of(*run)}, {"times", times}, {"spoilt", spoilt}}).dump();
}

Result<Recording> unpack(std::string_view line) {
  const json document = json::parse(line, nullptr, false);
  if (document.is_discarded()) return failure("the recording is not JSON");
  Result<metrics::RunResult> run = metrics::run_result_of(document.at("result"), "result");
  if (!run) return failure(run.error());
  Recording recording;
  const Nanoseconds took = typical_length(*run->duet);
  for (std::size_t i = 0; i < run->duet->epochs.size(); ++i) {
    Epoch& epoch = run->duet->epochs[i];
    const json& times = document.at("times").at(i);
    restore_times(epoch.base, times.at("base"));
    restore_times(epoch.head, times.at("head"));
    forget_all(epoch.base);
    forget_all(epoch.head);
    auto of_base = window_levels(epoch.base, epoch.held);
    auto of_head = window_levels(epoch.head, epoch.held);
    recording.epochs.push_back({std::move(epoch), std::move(of_base), std::move(of_head), took});
  }
  run->duet->epochs.clear();
  run->series.clear();  // Those of the epochs together.
  recording.run = std::move(*run);
  return recording;
}

}  // namespace loadgate::trust
