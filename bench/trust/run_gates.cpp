#include "run_gates.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "draw.h"
#include "gate/judge.h"
#include "gate_line.h"
#include "naive.h"

namespace loadgate::trust {
namespace {

using metrics::Histogram;
using nlohmann::json;

constexpr std::size_t kStoredRuns = 10;
constexpr std::size_t kRunsOfGate = kStoredRuns + 2;
constexpr double kUsualLevel = 0.05;

struct RunGate {
  std::vector<const RecordedRun*> stored;  // The oldest first.
  const RecordedRun* first = nullptr;
  const RecordedRun* second = nullptr;  // For where the first fails.
};

gate::Verdict verdict_of(const RunGate& gate) {
  gate::Baseline baseline;
  baseline.folder = "recorded";
  for (const RecordedRun* run : gate.stored) baseline.runs.push_back(run->digest);
  gate::Verdict verdict = gate::judge(gate.first->run, baseline);
  if (verdict.conclusion != gate::Conclusion::regression) return verdict;
  metrics::RunResult second = gate.second->run;
  second.earlier = {gate.first->digest};
  return gate::judge(second, baseline);
}

using ByName = std::map<std::uint32_t, Histogram>;

ByName times_of(const RecordedRun& recorded) {
  ByName times;
  for (const metrics::Series& series : recorded.run.series) {
    times[series.key.request_name].merge(series.held.response_times);
  }
  return times;
}

struct Pair {
  Measured all;
  std::vector<Measured> each;
};

Pair pair_of(const RecordedRun& base, const RecordedRun& head) {
  Pair pair;
  const ByName before = times_of(base);
  for (const auto& [name, times] : times_of(head)) {
    const auto same = before.find(name);
    if (same == before.end()) continue;
    pair.each.push_back({same->second, times});
    pair.all.base.merge(same->second);
    pair.all.head.merge(times);
  }
  return pair;
}

template <class Rule>
bool any_of_each(const Pair& pair, Rule rule) {
  return rule(pair.all) || std::ranges::any_of(pair.each, rule);
}

json naive_answers(const RunGate& gate) {
  const RecordedRun& last = *gate.stored.back();
  const Pair with_last = pair_of(last, *gate.first);
  const Pair with_noted = pair_of(*gate.stored.front(), *gate.first);
  const auto last_run = [](const Measured& one) { return rises_by(one, 0.95, 1.1); };
  const auto home_made = [](const Measured& one) { return rises_by(one, 0.95, 1.3); };
  const auto u_test = [](const Measured& one) { return u_test_rejects(one, kUsualLevel); };
  return {{"last run +10 %", last_run(with_last.all)},
          {"last run +10 %, of each", any_of_each(with_last, last_run)},
          {"p95 < 1.3 × baseline", home_made(with_noted.all)},
          {"p95 < 1.3 × baseline, of each", any_of_each(with_noted, home_made)},
          {"U test on requests", u_test(with_last.all)},
          {"U test on requests, of each", any_of_each(with_last, u_test)},
          {"Welch on windows", welch_rejects(last.medians, gate.first->medians, kUsualLevel)}};
}

std::string line_for(const RunGate& gate) {
  json line = line_of(verdict_of(gate));
  line["naive"] = naive_answers(gate);
  return line.dump() + "\n";
}

// REQUIRES: kRunsOfGate of them.
RunGate gate_of(const std::vector<const RecordedRun*>& runs) {
  return {{runs.begin(), runs.end() - 2}, runs.end()[-2], runs.back()};
}

Result<void> expect_runs(const std::vector<RecordedRun>& runs, std::size_t fewest) {
  if (runs.size() >= fewest) return {};
  return failure(fmt::format("{} runs are recorded, {} are needed", runs.size(), fewest));
}

}  // namespace

Result<std::string> run_gates_in_a_row(const RunPool& pool) {
  if (const auto enough = expect_runs(pool.equal, kRunsOfGate); !enough) {
    return failure(enough.error());
  }
  std::string lines;
  for (std::size_t from = 0; from + kRunsOfGate <= pool.equal.size(); ++from) {
    std::vector<const RecordedRun*> runs;
    for (std::size_t i = 0; i < kRunsOfGate; ++i) runs.push_back(&pool.equal[from + i]);
    lines += line_for(gate_of(runs));
  }
  return lines;
}

Result<std::string> run_gates_by_chance(const RunPool& pool, std::size_t gates,
                                        std::uint64_t seed) {
  const std::size_t equal = pool.head.empty() ? kRunsOfGate : kStoredRuns;
  if (const auto enough = expect_runs(pool.equal, equal); !enough) return failure(enough.error());
  if (const auto enough = expect_runs(pool.head, kRunsOfGate - equal); !enough) {
    return failure(enough.error());
  }
  std::string lines;
  for (std::size_t gate = 0; gate < gates; ++gate) {
    Random random = Random::stream(seed, gate);
    std::vector<const RecordedRun*> runs;
    const auto add = [&](const std::vector<RecordedRun>& from, std::size_t count) {
      for (const std::size_t i : draw(from.size(), count, Order::chance, random)) {
        runs.push_back(&from[i]);
      }
    };
    add(pool.equal, equal);
    add(pool.head, kRunsOfGate - equal);
    lines += line_for(gate_of(runs));
  }
  return lines;
}

}  // namespace loadgate::trust
