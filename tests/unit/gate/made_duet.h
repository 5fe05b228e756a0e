#pragma once

// Duets with the levels a test asks for: epochs of 8 s, their held part from 2 s on.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "made_run.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

// What one side shows in one epoch.
struct MadeSide {
  std::vector<Level> levels;
  double cpu_ms = 2;  // For each request; 0: not measured.
};

inline metrics::ResourceUse made_use(double cpu_seconds) {
  metrics::ResourceUse use;
  use.name = "service";
  if (!(cpu_seconds > 0)) return use;
  using std::chrono::seconds;
  use.points = {{.at = seconds(0)}, {.at = seconds(2)}, {.at = seconds(8)}};
  use.points[2].cpu = from_seconds(cpu_seconds);
  return use;
}

inline metrics::EpochSide made_side(const MadeSide& made, metrics::Side side) {
  metrics::EpochSide one;
  one.target = "http://127.0.0.1:40123";
  double requests = 0;
  for (std::uint32_t name = 0; name < made.levels.size(); ++name) {
    if (made.levels[name].requests == 0) continue;
    one.series.push_back(made_series(made.levels[name], 0, name));
    one.series.back().key.side = side;
    requests += static_cast<double>(made.levels[name].requests);
  }
  one.use = made_use(made.cpu_ms / 1e3 * requests);
  return one;
}

struct MadeMachine {
  double busy = 0.5, stolen = 0, pressure = 0.3;
};

inline metrics::MachineUse made_machine(const MadeMachine& made) {
  metrics::MachineUse use;
  use.cores = 2;
  for (const int at : {0, 8}) {
    use.points.push_back({.at = std::chrono::seconds(at),
                          .busy = from_seconds(2 * made.busy * at),
                          .stolen = from_seconds(2 * made.stolen * at),
                          .pressure = from_seconds(made.pressure * at)});
  }
  return use;
}

using MakeSide = std::function<MadeSide(std::uint32_t epoch, metrics::Side side)>;

inline void add_epoch(metrics::RunResult& run, const MakeSide& make) {
  using std::chrono::seconds;
  const auto number = static_cast<std::uint32_t>(run.duet->epochs.size());
  run.duet->epochs.push_back(
      {.number = number,
       .began = seconds(10 * number),
       .held = {.from = seconds(2), .to = seconds(8)},
       .base = made_side(make(number, metrics::Side::base), metrics::Side::base),
       .head = made_side(make(number, metrics::Side::head), metrics::Side::head),
       .machine = made_machine({})});
  run.info.length = seconds(10 * (number + 1));
}

inline metrics::RunResult made_duet(std::uint32_t epochs, const MakeSide& make,
                                    std::uint32_t most_epochs = 20) {
  metrics::RunResult run = made_run({});
  run.judging.stages = {made_stage("peak", 2, 8)};
  for (const Level& level : make(0, metrics::Side::head).levels) {
    run.judging.requests.push_back({level.request, plan::Role::task, "load of " + level.request});
  }
  run.duet.emplace();
  run.duet->base = "main (3f2a9c1)";
  run.duet->head = "the working tree";
  run.duet->rate = 300;
  run.duet->epoch_length = std::chrono::seconds(8);
  run.duet->most_epochs = most_epochs;
  for (std::uint32_t number = 0; number < epochs; ++number) add_epoch(run, make);
  metrics::join_epochs(run);
  return run;
}

// Response times of a duet of one request, second by second of each epoch's held part.
using TimesOf =
    std::function<metrics::Histogram(metrics::Side, std::uint32_t epoch, std::uint32_t second)>;

inline void set_seconds(metrics::RunResult& run, const TimesOf& times_of) {
  for (metrics::Epoch& epoch : run.duet->epochs) {
    for (metrics::EpochSide* side : {&epoch.base, &epoch.head}) {
      metrics::Series& series = side->series.front();
      series.windows.clear();
      series.held.response_times.clear();
      for (std::uint32_t second = 2; second < 8; ++second) {
        const metrics::Histogram times = times_of(series.key.side, epoch.number, second);
        metrics::Window window;
        window.index = second;
        window.requests = times.count();
        window.response_times = times.pack();
        series.windows.push_back(std::move(window));
        series.held.response_times.merge(times);
      }
      series.held.requests = series.held.response_times.count();
    }
  }
}

// So many times at each length.
struct Times {
  double ms = 10;
  std::uint32_t count = 0;
};

inline metrics::Histogram made_times(const std::vector<Times>& all) {
  metrics::Histogram times;
  for (const Times& one : all) times.record(from_seconds(one.ms / 1e3), one.count);
  return times;
}

// Epochs that differ by 2 %, and head by a factor.
inline MakeSide slower_head(std::vector<Level> levels, double factor = 1, double cpu_factor = 1) {
  return [=](std::uint32_t epoch, metrics::Side side) {
    const bool is_head = side == metrics::Side::head;
    const double luck = is_head ? 1 + 0.02 * ((epoch * 7) % 10 - 4.5) / 4.5 : 1;
    return MadeSide{slower(levels, luck * (is_head ? factor : 1)),
                    2 * luck * (is_head ? cpu_factor : 1)};
  };
}

}  // namespace loadgate::gate
