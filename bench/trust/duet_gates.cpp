#include "duet_gates.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "gate/duet_looks.h"
#include "gate/duet_units.h"
#include "gate/judge.h"
#include "gate_line.h"

namespace loadgate::trust {
namespace {

metrics::RunResult begun(const metrics::RunResult& frame, int most) {
  metrics::RunResult run = frame;
  run.duet->epochs.clear();
  run.duet->is_same_build = false;
  run.duet->most_epochs = static_cast<std::uint32_t>(most);
  return run;
}

// As session::duet goes: an epoch, then the question whether that is enough. Whether it was.
bool run_until_decided(const std::vector<Drawn>& drawn, metrics::RunResult& run) {
  bool is_decided = false;
  for (const Drawn& one : drawn) {
    const auto number = static_cast<std::uint32_t>(run.duet->epochs.size());
    run.duet->epochs.push_back(as_epoch(one, number));
    is_decided = gate::is_decided(run);
    if (is_decided) break;
  }
  metrics::join_epochs(run);
  return is_decided;
}

double seconds_of(const std::vector<Drawn>& drawn, std::size_t epochs) {
  Nanoseconds took{};
  for (std::size_t i = 0; i < epochs; ++i) took += drawn[i].epoch->took;
  return seconds(took);
}

nlohmann::json line_for(const metrics::RunResult& run, const std::vector<Drawn>& drawn) {
  nlohmann::json line = line_of(gate::judge(run, std::nullopt));
  line["epochs"] = run.duet->epochs.size();
  line["seconds"] = seconds_of(drawn, run.duet->epochs.size());
  return line;
}

}  // namespace

Result<std::string> duet_gates(const Pool& pool, const Draws& draws) {
  const int most = gate::most_epochs(pool.frame.duet->epoch_length);
  if (pool.epochs.size() < static_cast<std::size_t>(most)) {
    return failure(
        fmt::format("{} epochs are recorded, a duet takes up to {}", pool.epochs.size(), most));
  }
  std::string lines;
  for (std::size_t gate = 0; gate < draws.gates; ++gate) {
    Random random = Random::stream(draws.seed, gate);
    const std::vector<Drawn> drawn =
        draw_epochs(pool, static_cast<std::size_t>(most), draws.chances, random);
    metrics::RunResult run = begun(pool.frame, most);
    run_until_decided(drawn, run);
    lines += line_for(run, drawn).dump() + "\n";
  }
  return lines;
}

std::string gates_again(const std::vector<RecordedDuet>& duets) {
  std::string lines;
  for (const RecordedDuet& duet : duets) {
    std::vector<Drawn> all;
    for (const RecordedEpoch& epoch : duet.epochs) all.push_back({&epoch});
    metrics::RunResult run = begun(duet.run, gate::most_epochs(duet.run.duet->epoch_length));
    const bool is_decided = run_until_decided(all, run);
    nlohmann::json line = line_for(run, all);
    if (!is_decided) line["conclusion"] = "undecided";
    line["seed"] = duet.run.info.seed;
    lines += line.dump() + "\n";
  }
  return lines;
}

std::string levels(const Pool& pool) {
  metrics::RunResult run = pool.frame;
  run.duet->epochs.clear();
  for (const RecordedEpoch& recorded : pool.epochs) run.duet->epochs.push_back(recorded.epoch);
  std::string lines;
  const std::vector<gate::DuetRequest> requests = gate::duet_requests(run);
  for (const gate::DuetUnit& unit : requests.front().units) {
    nlohmann::json line;
    const auto add = [&](const char* name, double gate::SideLevels::*level) {
      const double base = unit.base.*level, head = unit.head.*level;
      if (base > 0 && head > 0) line[name] = std::log(head / base);
    };
    add("cpu_per_request", &gate::SideLevels::cpu);
    add("p50", &gate::SideLevels::p50);
    add("p95", &gate::SideLevels::p95);
    add("p99", &gate::SideLevels::p99);
    line["error_rate"] = unit.head.counts.rate() - unit.base.counts.rate();
    lines += line.dump() + "\n";
  }
  return lines;
}

}  // namespace loadgate::trust
