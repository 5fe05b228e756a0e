#include "gate/duet_guards.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "gate/statistics.h"

namespace loadgate::gate {
namespace {

// The slowest 5 % of requests are p95's: from here on they are the ones that were taken a
// CPU away.
constexpr double kMostStolen = 0.05;
// A duet's load is chosen for 60 % and varies around that. At 80 % a request waits for a
// CPU about as long as it works, of two cores even twice as long (M/M/2: ρ²/(1-ρ²) = 1.8).
constexpr double kMostBusy = 0.8;
// Two cores that are 60 % busy with nothing but our own load have somebody waiting for
// 27 % of the time (M/M/2: 2ρ³/(1+ρ)), 57 % at 80 %. In a container the whole host's
// pressure is seen, which says nothing where that host has many cores: so only together
// with a machine that is busier than a duet makes it.
constexpr double kMostPressure = 0.6;
constexpr double kBusyOfDuet = 0.6;

// What the machine would be busy with were head no slower than base: a regression in CPU
// is none of the environment's doing.
double busy_of_base_load(const metrics::Epoch& epoch, const metrics::MachineShares& shares) {
  const auto base = metrics::cpu_within(epoch.base.use, epoch.held);
  const auto head = metrics::cpu_within(epoch.head.use, epoch.held);
  if (!base || !head) return shares.busy;
  const double cores = seconds(epoch.held.length()) * epoch.machine.cores;
  return shares.busy - std::max(0.0, (seconds(*head) - seconds(*base)) / cores);
}

}  // namespace

std::optional<Guard> guard_of(const std::vector<const metrics::Epoch*>& epochs, std::size_t first) {
  std::vector<double> stolen, pressure, busy;
  for (std::size_t i = 0; i < std::min(first, epochs.size()); ++i) {
    const auto shares = metrics::shares_within(epochs[i]->machine, epochs[i]->held);
    if (!shares) continue;
    stolen.push_back(shares->stolen);
    pressure.push_back(shares->pressure);
    busy.push_back(busy_of_base_load(*epochs[i], *shares));
  }
  if (busy.empty()) return std::nullopt;
  const double usual_stolen = median(stolen), usual_busy = median(busy),
               usual_pressure = median(pressure);
  if (usual_stolen > kMostStolen) {
    return Guard{fmt::format("other guests of the host took {} of the CPU time",
                             format_share(usual_stolen))};
  }
  if (usual_busy > kMostBusy) {
    return Guard{fmt::format("the machine was {} busy, not counting what head added",
                             format_share(usual_busy))};
  }
  if (usual_pressure > kMostPressure && usual_busy > kBusyOfDuet) {
    return Guard{
        fmt::format("something waited for a CPU {} of the time", format_share(usual_pressure))};
  }
  return std::nullopt;
}

}  // namespace loadgate::gate
