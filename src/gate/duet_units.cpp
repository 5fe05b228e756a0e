#include "gate/duet_units.h"

#include <algorithm>
#include <map>

#include "gate/chance.h"
#include "gate/duet_looks.h"

namespace loadgate::gate {
namespace {

constexpr double kUnknown = 0.9;    // Of base's answers have a status that was not expected.
constexpr double kKnown = 0.1;      // At most so many of head's fail.
constexpr double kRefused = 0.9;    // Of the requests of each side fail.
constexpr double kLeastHeld = 0.1;  // Of the requests of the fullest epoch before.

struct Tallies {
  metrics::Tally base, head;
};

struct Named {
  std::vector<Tallies> epochs;
  Cause left_out = Cause::none;
};

using Tasks = std::map<std::string, Named>;

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

bool is_refused_by(metrics::Tally Tallies::*side, const std::vector<Tallies>& epochs) {
  double failures = 0, requests = 0;
  const std::size_t looked_at = std::min<std::size_t>(epochs.size(), kFewestEpochs);
  for (std::size_t i = 0; i < looked_at; ++i) {
    failures += static_cast<double>((epochs[i].*side).failures());
    requests += static_cast<double>((epochs[i].*side).requests);
  }
  return requests > 0 && failures >= kRefused * requests;
}

Cause why_left_out(const std::vector<Tallies>& epochs) {
  if (is_only_of_head(epochs)) return Cause::only_head_knows;
  const bool is_refused =
      is_refused_by(&Tallies::base, epochs) && is_refused_by(&Tallies::head, epochs);
  return is_refused ? Cause::neither_answers : Cause::none;
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
Tasks tasks_of(const metrics::Judging& judging, const std::vector<const metrics::Epoch*>& epochs) {
  Tasks tasks;
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
  for (auto& [name, named] : tasks) named.left_out = why_left_out(named.epochs);
  return tasks;
}

bool are_all_refused(const Tasks& tasks) {
  return !tasks.empty() && std::all_of(tasks.begin(), tasks.end(), [](const auto& task) {
    return task.second.left_out == Cause::neither_answers;
  });
}

DuetRequest pool_of(const Tasks& tasks, const std::vector<const metrics::Epoch*>& epochs) {
  DuetRequest pool{.name = std::string(metrics::kAllRequests)};
  if (are_all_refused(tasks)) pool.left_out = Cause::neither_answers;
  for (std::size_t number = 0; number < epochs.size(); ++number) {
    Tallies together;
    for (const auto& [name, named] : tasks) {
      if (named.left_out != Cause::none) continue;
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

// Of the side that had more: where one side alone answers nothing, that is its doing.
std::uint64_t held_requests(const metrics::Epoch& epoch) {
  std::uint64_t most = 0;
  for (const metrics::EpochSide* side : {&epoch.base, &epoch.head}) {
    std::uint64_t requests = 0;
    for (const metrics::Series& series : side->series) requests += series.held.requests;
    most = std::max(most, requests);
  }
  return most;
}

}  // namespace

std::vector<const metrics::Epoch*> epochs_that_count(const metrics::Duet& duet) {
  std::vector<const metrics::Epoch*> epochs;
  std::uint64_t fullest = 0;
  for (const metrics::Epoch& epoch : duet.epochs) {
    const std::uint64_t held = epoch.counts() ? held_requests(epoch) : 0;
    fullest = std::max(fullest, held);
    const bool is_empty =
        held == 0 || static_cast<double>(held) < kLeastHeld * static_cast<double>(fullest);
    if (!is_empty) epochs.push_back(&epoch);
  }
  return epochs;
}

bool is_all_refused(const metrics::RunResult& run) {
  return are_all_refused(tasks_of(run.judging, epochs_that_count(*run.duet)));
}

std::vector<DuetRequest> duet_requests(const metrics::RunResult& run) {
  const auto epochs = epochs_that_count(*run.duet);
  const auto tasks = tasks_of(run.judging, epochs);
  std::vector<DuetRequest> requests{pool_of(tasks, epochs)};
  for (const auto& [name, named] : tasks) {
    DuetRequest request{.name = name, .left_out = named.left_out};
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
