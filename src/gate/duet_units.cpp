#include "gate/duet_units.h"

#include <algorithm>
#include <map>

#include "gate/chance.h"
#include "gate/duet_looks.h"

namespace loadgate::gate {
namespace {

constexpr double kUnknown = 0.9;  // Of base's answers have a status that was not expected.
constexpr double kKnown = 0.1;    // At most so many of head's fail.

struct Tallies {
  metrics::Tally base, head;
};

struct Named {
  std::vector<Tallies> epochs;
  bool is_only_of_head = false;
};

double unexpected(const metrics::Tally& tally) {
  return static_cast<double>(
      tally.errors[static_cast<std::size_t>(metrics::ErrorKind::unexpected_status)]);
}

bool is_only_of_head(const std::vector<Tallies>& epochs) {
  double head_failures = 0, head_requests = 0;
  bool was_asked = false;
  const std::size_t looked_at = std::min<std::size_t>(epochs.size(), kFewestEpochs);
  for (std::size_t i = 0; i < looked_at; ++i) {
    const metrics::Tally& base = epochs[i].base;
    if (unexpected(base) < kUnknown * static_cast<double>(base.requests)) return false;
    was_asked = was_asked || base.requests > 0;
    head_failures += static_cast<double>(epochs[i].head.failures());
    head_requests += static_cast<double>(epochs[i].head.requests);
  }
  return was_asked && head_failures < kKnown * head_requests;
}

SideLevels levels_of(const metrics::Tally& tally) {
  return {.counts = {static_cast<double>(tally.failures()), static_cast<double>(tally.requests)},
          .p50 = static_cast<double>(tally.response_times.quantile(0.5).count()),
          .p95 = static_cast<double>(tally.response_times.quantile(0.95).count())};
}

DuetUnit unit_of(const Tallies& tallies) {
  DuetUnit unit{.base = levels_of(tallies.base), .head = levels_of(tallies.head)};
  for (const metrics::Tally* tally : {&tallies.base, &tallies.head}) {
    if (tally->response_times.empty()) continue;
    unit.chance_p50 += sampling_variance(tally->response_times, 0.5);
    unit.chance_p95 += sampling_variance(tally->response_times, 0.95);
  }
  return unit;
}

// What a service spent it spent on requests of all roles.
double cpu_per_request(const metrics::Epoch& epoch, const metrics::EpochSide& side) {
  if (!side.use.is_judged) return 0;
  std::uint64_t requests = 0;
  for (const metrics::Series& series : side.series) {
    if (series.key.stage == 0) requests += series.held.requests;
  }
  const std::optional<Nanoseconds> spent = metrics::cpu_within(side.use, epoch.held);
  if (!spent || requests == 0) return 0;
  return static_cast<double>(spent->count()) / static_cast<double>(requests);
}

// Tasks by name. Sorted, so that nothing depends on the order of series.
std::map<std::string, Named> tasks_of(const metrics::Judging& judging,
                                      const std::vector<const metrics::Epoch*>& epochs) {
  std::map<std::string, Named> tasks;
  const auto add = [&](const metrics::EpochSide& side, std::size_t number,
                       metrics::Tally Tallies::*where) {
    for (const metrics::Series& series : side.series) {
      if (series.key.stage != 0 || series.key.request_name >= judging.requests.size()) continue;
      const plan::RequestName& request = judging.requests[series.key.request_name];
      if (request.role != plan::Role::task || series.held.requests == 0) continue;
      std::vector<Tallies>& of_name = tasks[request.text].epochs;
      of_name.resize(epochs.size());
      (of_name[number].*where).merge(series.held);
    }
  };
  for (std::size_t number = 0; number < epochs.size(); ++number) {
    add(epochs[number]->base, number, &Tallies::base);
    add(epochs[number]->head, number, &Tallies::head);
  }
  for (auto& [name, named] : tasks) named.is_only_of_head = is_only_of_head(named.epochs);
  return tasks;
}

DuetRequest pool_of(const std::map<std::string, Named>& tasks,
                    const std::vector<const metrics::Epoch*>& epochs) {
  DuetRequest pool{.name = std::string(metrics::kAllRequests)};
  for (std::size_t number = 0; number < epochs.size(); ++number) {
    Tallies together;
    for (const auto& [name, named] : tasks) {
      if (named.is_only_of_head) continue;
      together.base.merge(named.epochs[number].base);
      together.head.merge(named.epochs[number].head);
    }
    DuetUnit unit = unit_of(together);
    unit.base.cpu = cpu_per_request(*epochs[number], epochs[number]->base);
    unit.head.cpu = cpu_per_request(*epochs[number], epochs[number]->head);
    pool.units.push_back(unit);
  }
  return pool;
}

}  // namespace

std::vector<const metrics::Epoch*> epochs_that_count(const metrics::Duet& duet) {
  std::vector<const metrics::Epoch*> epochs;
  for (const metrics::Epoch& epoch : duet.epochs) {
    if (epoch.counts()) epochs.push_back(&epoch);
  }
  return epochs;
}

std::vector<DuetRequest> duet_requests(const metrics::RunResult& run) {
  const auto epochs = epochs_that_count(*run.duet);
  const auto tasks = tasks_of(run.judging, epochs);
  std::vector<DuetRequest> requests{pool_of(tasks, epochs)};
  for (const auto& [name, named] : tasks) {
    DuetRequest request{.name = name, .is_only_of_head = named.is_only_of_head};
    for (const Tallies& tallies : named.epochs) request.units.push_back(unit_of(tallies));
    requests.push_back(std::move(request));
  }
  std::erase_if(requests, [&](const DuetRequest& request) {
    const auto& ignored = run.judging.gate.ignored_requests;
    return std::find(ignored.begin(), ignored.end(), request.name) != ignored.end();
  });
  return requests;
}

}  // namespace loadgate::gate
