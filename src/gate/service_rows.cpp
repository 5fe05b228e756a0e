#include "gate/service_rows.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "gate/duet_units.h"

namespace loadgate::gate {
namespace {

// What one row is made of: a run is one part, a duet one for each epoch that counts.
struct Part {
  const metrics::ResourceUse* use = nullptr;
  std::vector<metrics::Interval> spans;  // What counts, in the time of its points.
  std::uint64_t requests = 0;
};

// Their length together, and the CPU time spent in them, in seconds; nothing where one is
// not covered.
struct Spent {
  double length = 0, cpu = 0;
};
std::optional<Spent> spent_in(const Part& part) {
  Spent spent;
  for (const metrics::Interval& span : part.spans) {
    const std::optional<Nanoseconds> cpu = cpu_within(*part.use, span);
    if (!cpu) return std::nullopt;
    spent.length += seconds(span.length());
    spent.cpu += seconds(*cpu);
  }
  return spent;
}

unsigned cores_of(const metrics::RunResult& run) {
  const unsigned watched = run.duet && !run.duet->epochs.empty()
                               ? run.duet->epochs.front().machine.cores
                               : run.machine.cores;
  return std::max(1U, watched > 0 ? watched : run.info.environment.cores);
}

void add_cpu(const std::vector<Part>& parts, unsigned cores, ServiceRow& row) {
  Spent all;
  std::uint64_t requests = 0;
  for (const Part& part : parts) {
    const std::optional<Spent> spent = spent_in(part);
    if (!spent) continue;
    all.length += spent->length;
    all.cpu += spent->cpu;
    requests += part.requests;
  }
  if (!(all.length > 0)) return;
  row.cpu_share = all.cpu / (all.length * cores);
  if (requests == 0) return;
  constexpr double kLongest = 1e9;  // Made-up files may say anything.
  row.cpu_per_request = from_seconds(std::min(all.cpu / static_cast<double>(requests), kLongest));
}

void add_memory(const std::vector<Part>& parts, ServiceRow& row) {
  double begin = 0, end = 0, count = 0;
  for (const Part& part : parts) {
    const std::vector<metrics::UsePoint>& points = part.use->points;
    if (points.empty()) continue;
    count += 1;
    begin += static_cast<double>(points.front().memory);
    end += static_cast<double>(points.back().memory);
    for (const metrics::UsePoint& point : points) {
      row.memory_max = std::max(row.memory_max, point.memory);
    }
  }
  if (count == 0) return;
  row.memory_begin = static_cast<std::uint64_t>(begin / count);
  row.memory_end = static_cast<std::uint64_t>(end / count);
}

ServiceRow row_of(const std::vector<Part>& parts, const metrics::RunResult& run,
                  metrics::Side side) {
  const unsigned cores = cores_of(run);
  ServiceRow row;
  row.side = side;
  row.name = parts.front().use->name;
  row.is_judged = parts.front().use->is_judged;
  add_cpu(parts, cores, row);
  add_memory(parts, row);
  for (const Part& part : parts) {
    if (row.trouble.empty()) row.trouble = part.use->trouble;
  }
  return row;
}

std::uint64_t requests_in(const std::vector<metrics::Series>& all, const metrics::Judging& judging,
                          metrics::Side side) {
  std::uint64_t requests = 0;
  for (const metrics::Series& series : all) {
    const bool counts = series.key.side == side && series.key.stage < judging.stages.size() &&
                        judging.stages[series.key.stage].is_judged();
    if (counts) requests += series.held.requests;
  }
  return requests;
}

std::vector<metrics::Interval> judged_spans(const metrics::Judging& judging) {
  std::vector<metrics::Interval> spans;
  for (const metrics::StageInfo& stage : judging.stages) {
    if (stage.is_judged()) spans.push_back(stage.held);
  }
  return spans;
}

const metrics::EpochSide& side_of(const metrics::Epoch& epoch, metrics::Side side) {
  return side == metrics::Side::base ? epoch.base : epoch.head;
}

std::vector<ServiceRow> rows_of_duet(const metrics::RunResult& run) {
  std::vector<ServiceRow> rows;
  for (const metrics::Side side : {metrics::Side::base, metrics::Side::head}) {
    std::vector<Part> parts;
    for (const metrics::Epoch* epoch : epochs_that_count(*run.duet)) {
      const metrics::EpochSide& of = side_of(*epoch, side);
      const bool was_watched = !of.use.points.empty() || !of.use.trouble.empty();
      if (!was_watched) continue;
      parts.push_back({&of.use, {epoch->held}, requests_in(of.series, run.judging, side)});
    }
    if (!parts.empty()) rows.push_back(row_of(parts, run, side));
  }
  return rows;
}

// The machine's use, and when it counts.
struct MachinePart {
  const metrics::MachineUse* use = nullptr;
  metrics::Interval span;
};

std::vector<MachinePart> machine_parts(const metrics::RunResult& run) {
  std::vector<MachinePart> parts;
  if (!run.duet) {
    for (const metrics::Interval& span : judged_spans(run.judging)) {
      parts.push_back({&run.machine, span});
    }
    return parts;
  }
  for (const metrics::Epoch* epoch : epochs_that_count(*run.duet)) {
    parts.push_back({&epoch->machine, epoch->held});
  }
  return parts;
}

}  // namespace

std::vector<ServiceRow> service_rows(const metrics::RunResult& run) {
  if (run.duet) return rows_of_duet(run);
  std::vector<ServiceRow> rows;
  for (const metrics::ResourceUse& use : run.services) {
    const Part part{&use, judged_spans(run.judging),
                    requests_in(run.series, run.judging, metrics::Side::head)};
    rows.push_back(row_of({part}, run, metrics::Side::head));
  }
  return rows;
}

std::optional<metrics::MachineShares> machine_shares(const metrics::RunResult& run) {
  metrics::MachineShares sums;
  double length = 0;
  for (const MachinePart& part : machine_parts(run)) {
    const std::optional<metrics::MachineShares> shares = shares_within(*part.use, part.span);
    if (!shares) continue;
    const double wall = seconds(part.span.length());
    sums.busy += shares->busy * wall;
    sums.stolen += shares->stolen * wall;
    sums.pressure += shares->pressure * wall;
    sums.own += shares->own * wall;
    length += wall;
  }
  if (!(length > 0)) return std::nullopt;
  return metrics::MachineShares{sums.busy / length, sums.stolen / length, sums.pressure / length,
                                sums.own / length};
}

}  // namespace loadgate::gate
