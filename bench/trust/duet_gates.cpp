#include "duet_gates.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gate/duet_looks.h"
#include "gate/judge.h"
#include "gate_line.h"

namespace loadgate::trust {
namespace {

metrics::RunResult begun(const Pool& pool, int most) {
  metrics::RunResult run = pool.frame;
  run.duet->epochs.clear();
  run.duet->is_same_build = false;
  run.duet->most_epochs = static_cast<std::uint32_t>(most);
  return run;
}

// As session::duet goes: an epoch, then the question whether that is enough.
void run_until_decided(const std::vector<Drawn>& drawn, metrics::RunResult& run) {
  for (const Drawn& one : drawn) {
    const auto number = static_cast<std::uint32_t>(run.duet->epochs.size());
    run.duet->epochs.push_back(as_epoch(one, number));
    if (gate::is_decided(run)) break;
  }
  metrics::join_epochs(run);
}

double seconds_of(const std::vector<Drawn>& drawn, std::size_t epochs) {
  Nanoseconds took{};
  for (std::size_t i = 0; i < epochs; ++i) took += drawn[i].epoch->took;
  return seconds(took);
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
        draw(pool, static_cast<std::size_t>(most), draws.order, draws.flip, random);
    metrics::RunResult run = begun(pool, most);
    run_until_decided(drawn, run);
    nlohmann::json line = line_of(gate::judge(run, std::nullopt));
    line["epochs"] = run.duet->epochs.size();
    line["seconds"] = seconds_of(drawn, run.duet->epochs.size());
    lines += line.dump() + "\n";
  }
  return lines;
}

}  // namespace loadgate::trust
