#include "gate/duet_units.h"

#include <algorithm>
#include <map>

#include "gate/chance.h"
#include "gate/duet_looks.h"
#include "metrics/typical_level.h"

namespace loadgate::gate {
namespace {

constexpr double kUnknown = 0.9;    // Of base's answers have a status that was not expected.
constexpr double kKnown = 0.1;      // At most so many of head's fail.
constexpr double kRefused = 0.9;    // Of the requests of each side fail.
constexpr double kLeastHeld = 0.1;  // Of the requests of the fullest epoch before.

// Of one request on one side in one epoch.
struct Share {
  metrics::Tally held;
  metrics::SeriesList series;  // `held` is their sum.

  void add(const metrics::Series& one) {
    held.merge(one.held);
    series.push_back(&one);
  }
  void add(const Share& other) {
    held.merge(other.held);
    series.insert(series.end(), other.series.begin(), other.series.end());
  }
};

struct Both {
  Share base, head;
};

struct Named {
  std::vector<Both> epochs;
  Cause left_out = Cause::none;
};

using Tasks = std::map<std::string, Named>;

double unexpected(const metrics::Tally& tally) {
  return static_cast<double>(
      tally.errors[static_cast<std::size_t>(metrics::ErrorKind::unexpected_status)]);
}

bool is_only_of_head(const std::vector<Both>& epochs) {
  double head_failures = 0, head_requests = 0;
  bool was_asked = false;
  const std::size_t looked_at = std::min<std::size_t>(epochs.size(), kFewestEpochs);
  for (std::size_t i = 0; i < looked_at; ++i) {
    const metrics::Tally& base = epochs[i].base.held;
    if (unexpected(base) < kUnknown * static_cast<double>(base.requests)) return false;
    was_asked = was_asked || base.requests > 0;
    head_failures += static_cast<double>(epochs[i].head.held.failures());
    head_requests += static_cast<double>(epochs[i].head.held.requests);
  }
  return was_asked && head_failures < kKnown * head_requests;
}

bool is_refused_by(Share Both::*side, const std::vector<Both>& epochs) {
  double failures = 0, requests = 0;
  const std::size_t looked_at = std::min<std::size_t>(epochs.size(), kFewestEpochs);
  for (std::size_t i = 0; i < looked_at; ++i) {
    const metrics::Tally& held = (epochs[i].*side).held;
    failures += static_cast<double>(held.failures());
    requests += static_cast<double>(held.requests);
  }
  return requests > 0 && failures >= kRefused * requests;
}

Cause why_left_out(const std::vector<Both>& epochs) {
  if (is_only_of_head(epochs)) return Cause::only_head_knows;
  const bool is_refused = is_refused_by(&Both::base, epochs) && is_refused_by(&Both::head, epochs);
  return is_refused ? Cause::neither_answers : Cause::none;
}

Counts counts_of(const metrics::Tally& tally) {
  return {static_cast<double>(tally.failures()), static_cast<double>(tally.requests)};
}

// Of base, in an epoch; of the first ones, so that later ones change nothing of them.
double mean_requests(const std::vector<Both>& epochs) {
  const std::size_t looked_at = std::min<std::size_t>(epochs.size(), kFewestEpochs);
  double requests = 0;
  for (std::size_t i = 0; i < looked_at; ++i) {
    requests += static_cast<double>(epochs[i].base.held.requests);
  }
  return requests / static_cast<double>(looked_at);
}

// The seconds of both sides in blocks of at least so many requests.
struct Blocks {
  std::vector<metrics::Histogram> base, head;
};

Blocks blocks_with(double least, const Both& both, const metrics::Interval& held,
                   double mean_requests) {
  const metrics::HeldWindows seconds{held};
  const std::size_t count = metrics::block_count(mean_requests, least, seconds);
  return {metrics::blocks_of(both.base.series, seconds, count),
          metrics::blocks_of(both.head.series, seconds, count)};
}

metrics::BothLevels levels_of(const Both& both, const Blocks& blocks, double share) {
  const metrics::BothLevels typical = metrics::typical_levels(blocks.base, blocks.head, share);
  if (typical.base > 0) return typical;
  // No second has requests of both sides.
  return metrics::typical_levels({&both.base.held.response_times, 1},
                                 {&both.head.held.response_times, 1}, share);
}

DuetUnit unit_of(const Both& both, const metrics::Interval& held, double mean_requests) {
  const Blocks blocks = blocks_with(metrics::kBlockForP95, both, held, mean_requests);
  const metrics::BothLevels p50 = levels_of(both, blocks, 0.5);
  const metrics::BothLevels p95 = levels_of(both, blocks, 0.95);
  DuetUnit unit{.base = {counts_of(both.base.held), p50.base, p95.base},
                .head = {counts_of(both.head.held), p50.head, p95.head}};
  for (const metrics::Tally* tally : {&both.base.held, &both.head.held}) {
    if (tally->response_times.empty()) continue;
    unit.chance_p50 += sampling_variance(tally->response_times, 0.5);
    unit.chance_p95 += sampling_variance(tally->response_times, 0.95);
  }
  return unit;
}

std::vector<DuetUnit> units_of(const std::vector<Both>& of_request,
                               const std::vector<const metrics::Epoch*>& epochs) {
  std::vector<DuetUnit> units;
  const double requests = mean_requests(of_request);
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    units.push_back(unit_of(of_request[i], epochs[i]->held, requests));
  }
  return units;
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
  const auto add = [&](const metrics::EpochSide& side, std::size_t number, Share Both::*where) {
    for (const metrics::Series& series : side.series) {
      if (series.key.stage != 0 || series.key.request_name >= judging.requests.size()) continue;
      const plan::RequestName& request = judging.requests[series.key.request_name];
      if (request.role != plan::Role::task || series.held.requests == 0) continue;
      std::vector<Both>& of_name = tasks[request.text].epochs;
      of_name.resize(epochs.size());
      (of_name[number].*where).add(series);
    }
  };
  for (std::size_t number = 0; number < epochs.size(); ++number) {
    add(epochs[number]->base, number, &Both::base);
    add(epochs[number]->head, number, &Both::head);
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
  std::vector<Both> together(epochs.size());
  for (const auto& [name, named] : tasks) {
    if (named.left_out != Cause::none) continue;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      together[i].base.add(named.epochs[i].base);
      together[i].head.add(named.epochs[i].head);
    }
  }
  pool.units = units_of(together, epochs);
  const double requests = mean_requests(together);
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    const metrics::Epoch& epoch = *epochs[i];
    SideLevels &base = pool.units[i].base, &head = pool.units[i].head;
    const Blocks blocks = blocks_with(metrics::kBlockForP99, together[i], epoch.held, requests);
    const metrics::BothLevels p99 = levels_of(together[i], blocks, 0.99);
    base.p99 = p99.base;
    head.p99 = p99.head;
    base.cpu = cpu_per_request(epoch, epoch.base);
    head.cpu = cpu_per_request(epoch, epoch.head);
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
    requests.push_back({name, named.left_out, units_of(named.epochs, epochs)});
  }
  std::erase_if(requests, [&](const DuetRequest& request) {
    const auto& ignored = run.judging.gate.ignored_requests;
    return std::find(ignored.begin(), ignored.end(), request.name) != ignored.end();
  });
  return requests;
}

}  // namespace loadgate::gate
