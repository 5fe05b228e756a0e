#include "run_gates.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "gate/duet_units.h"
#include "gate/judge.h"
#include "gate_line.h"
#include "metrics/run_digest.h"
#include "naive.h"

namespace loadgate::trust {
namespace {

using metrics::Histogram;
using metrics::Side;
using nlohmann::json;

constexpr double kUsualLevel = 0.05;

struct Run {
  std::span<const RecordedEpoch> epochs;
};

std::vector<Run> runs_of(const Pool& pool, std::size_t epochs_in_run) {
  std::vector<Run> runs;
  const std::span<const RecordedEpoch> all = pool.epochs;
  for (std::size_t at = 0; at + epochs_in_run <= all.size(); at += epochs_in_run) {
    runs.push_back({all.subspan(at, epochs_in_run)});
  }
  return runs;
}

Result<std::vector<Run>> enough_runs(const Pool& pool, std::size_t epochs_in_run,
                                     std::size_t fewest) {
  std::vector<Run> runs = runs_of(pool, epochs_in_run);
  if (runs.size() >= fewest) return runs;
  return failure(fmt::format("{} epochs make {} runs, {} are needed", pool.epochs.size(),
                             runs.size(), fewest));
}

Side base_side(bool are_flipped) { return are_flipped ? Side::head : Side::base; }
Side head_side(bool are_flipped) { return are_flipped ? Side::base : Side::head; }

std::vector<WindowLevel> windows_of(const Run& run, Side side) {
  std::vector<WindowLevel> levels;
  for (const RecordedEpoch& epoch : run.epochs) {
    const auto& more = side == Side::base ? epoch.base : epoch.head;
    levels.insert(levels.end(), more.begin(), more.end());
  }
  return levels;
}

using ByName = std::map<std::uint32_t, Histogram>;

ByName times_of(const Run& run, Side side) {
  ByName times;
  for (const RecordedEpoch& epoch : run.epochs) {
    const auto& from = side == Side::base ? epoch.epoch.base : epoch.epoch.head;
    for (const metrics::Series& series : from.series) {
      times[series.key.request_name].merge(series.held.response_times);
    }
  }
  return times;
}

struct Pair {
  Measured all;
  std::vector<Measured> each;
  std::vector<WindowLevel> base_windows, head_windows;
};

Pair pair_of(const Run& first, const Run& second, bool are_flipped) {
  Pair pair;
  const ByName base = times_of(first, base_side(are_flipped));
  for (const auto& [name, head] : times_of(second, head_side(are_flipped))) {
    const auto same = base.find(name);
    if (same == base.end()) continue;
    pair.each.push_back({same->second, head});
    pair.all.base.merge(same->second);
    pair.all.head.merge(head);
  }
  pair.base_windows = windows_of(first, base_side(are_flipped));
  pair.head_windows = windows_of(second, head_side(are_flipped));
  return pair;
}

template <class Rule>
bool any_of_each(const Pair& pair, Rule rule) {
  return rule(pair.all) || std::ranges::any_of(pair.each, rule);
}

// `last` is with the run right before, `noted` with an older one.
json line_of(const Pair& last, const Pair& noted) {
  const auto last_run = [](const Measured& one) { return rises_by(one, 0.95, 1.1); };
  const auto home_made = [](const Measured& one) { return rises_by(one, 0.95, 1.3); };
  const auto u_test = [](const Measured& one) { return u_test_rejects(one, kUsualLevel); };
  return {{"last run +10 %", last_run(last.all)},
          {"last run +10 %, of each", any_of_each(last, last_run)},
          {"p95 < 1.3 × baseline", home_made(noted.all)},
          {"p95 < 1.3 × baseline, of each", any_of_each(noted, home_made)},
          {"U test on requests", u_test(last.all)},
          {"U test on requests, of each", any_of_each(last, u_test)},
          {"Welch on windows", welch_rejects(last.base_windows, last.head_windows, kUsualLevel)}};
}

}  // namespace

Result<std::string> stored_gates(const Pool& pool, std::size_t epochs_in_run, bool are_flipped) {
  // The last run is only for a second look.
  const auto runs = enough_runs(pool, epochs_in_run, kStoredRuns + 2);
  if (!runs) return failure(runs.error());
  std::vector<metrics::RunDigest> digests;
  for (const Run& run : *runs) {
    digests.push_back(metrics::digest_of(as_run(pool, run.epochs, base_side(are_flipped))));
  }
  std::string lines;
  for (std::size_t i = kStoredRuns; i + 1 < runs->size(); ++i) {
    gate::Baseline baseline;
    baseline.folder = "recorded";
    const auto last = digests.begin() + static_cast<std::ptrdiff_t>(i);
    baseline.runs.assign(last - kStoredRuns, last);
    const auto head = [&](std::size_t run) {
      return as_run(pool, (*runs)[run].epochs, head_side(are_flipped));
    };
    const metrics::RunResult first = head(i);
    gate::Verdict verdict = gate::judge(first, baseline);
    if (verdict.conclusion == gate::Conclusion::regression) {
      metrics::RunResult second = head(i + 1);
      second.earlier = {metrics::digest_of(first)};
      verdict = gate::judge(second, baseline);
    }
    lines += trust::line_of(verdict).dump() + "\n";
  }
  return lines;
}

Result<std::string> naive_gates(const Pool& pool, std::size_t epochs_in_run, bool are_flipped) {
  const auto runs = enough_runs(pool, epochs_in_run, kStoredRuns + 1);
  if (!runs) return failure(runs.error());
  std::string lines;
  for (std::size_t i = kStoredRuns; i < runs->size(); ++i) {
    const Run& head = (*runs)[i];
    lines += line_of(pair_of((*runs)[i - 1], head, are_flipped),
                     pair_of((*runs)[i - kStoredRuns], head, are_flipped))
                 .dump() +
             "\n";
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
    json line;
    const auto add = [&](const char* name, double gate::SideLevels::*level) {
      const double base = unit.base.*level, head = unit.head.*level;
      if (base > 0 && head > 0) line[name] = std::log(head / base);
    };
    add("cpu_per_request", &gate::SideLevels::cpu);
    add("p50", &gate::SideLevels::p50);
    add("p95", &gate::SideLevels::p95);
    line["error_rate"] = unit.head.counts.rate() - unit.base.counts.rate();
    lines += line.dump() + "\n";
  }
  return lines;
}

}  // namespace loadgate::trust
