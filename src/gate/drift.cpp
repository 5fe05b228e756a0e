#include "gate/drift.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "gate/explain.h"
#include "gate/stored_case.h"

namespace loadgate::gate {
namespace {

// One level of the newest runs and of the pinned ones.
struct Pair {
  ComparisonFinding finding;
  double p = 1;
  bool is_large = false;
};

using Runs = std::vector<const metrics::RunDigest*>;

bool is_of_boot(const Runs& runs, const std::string& boot) {
  return std::all_of(runs.begin(), runs.end(),
                     [&](const auto* run) { return run->environment.boot == boot; });
}

// As in a comparison, runs of one boot are one unit; where all are of one, each is.
Units units_of(const Runs& runs, const metrics::DigestSeries& like, bool is_one_boot) {
  std::vector<UnitRun> found;
  for (const metrics::RunDigest* run : runs) {
    const metrics::DigestSeries* series = series_like(like, *run);
    if (series != nullptr) found.push_back({run->environment.boot, series});
  }
  return group_into_units(found, is_one_boot ? runs.front()->environment.boot : std::string());
}

// Two samples with one spread: that of both, with what is known beforehand where units are
// few.
double p_of_rise(const std::vector<double>& newest, const std::vector<double>& pinned,
                 bool is_one_boot) {
  const auto n = static_cast<double>(newest.size());
  const auto m = static_cast<double>(pinned.size());
  const double degrees = n + m - 2;
  const double sum = (n - 1) * variance(newest) + (m - 1) * variance(pinned);
  Spread spread{degrees > 0 ? sum / degrees : 0, degrees};
  if (std::min(newest.size(), pinned.size()) < kUnitsWithOwnSpread) {
    spread = with_assumed_spread(spread, is_one_boot, 0);
  }
  const double error =
      std::sqrt(std::max(spread.variance, kSmallestSpread * kSmallestSpread) * (1 / n + 1 / m));
  return t_upper_tail((mean(newest) - mean(pinned)) / error, spread.degrees);
}

std::vector<Pair> pairs_of(const Runs& newest, const Runs& pinned, const plan::GateRules& rules) {
  const std::string& boot = newest.back()->environment.boot;
  const bool is_one_boot = !boot.empty() && is_of_boot(newest, boot) && is_of_boot(pinned, boot);
  std::vector<Pair> pairs;
  for (const metrics::DigestSeries& series : newest.back()->series) {
    if (is_ignored(series, rules)) continue;
    const Units now = units_of(newest, series, is_one_boot);
    const Units then = units_of(pinned, series, is_one_boot);
    if (now.runs() < static_cast<int>(kNewest) || then.runs() < static_cast<int>(kNewest)) continue;
    const bool know_seconds =
        stretch_of(now) == Stretch::second && stretch_of(then) == Stretch::second;
    const Stretch stretch = know_seconds ? Stretch::second : Stretch::stage;
    for (const ComparedMetric metric : ratios_of(series)) {
      const auto worse = [&](const metrics::DigestSeries& one) {
        return worse_level(one, metric, stretch);
      };
      const std::vector<double> levels_now = unit_levels(now, worse);
      const std::vector<double> levels_then = unit_levels(then, worse);
      if (levels_now.empty() || levels_then.empty()) continue;
      const double rise = mean(levels_now) - mean(levels_then);
      Pair pair;
      pair.finding.stage = series.stage;
      pair.finding.request = series.request;
      pair.finding.metric = metric;
      pair.finding.base = level_of_worse(metric, mean(levels_then));
      pair.finding.head = level_of_worse(metric, mean(levels_now));
      pair.finding.change = change_of(metric, rise);
      pair.p = p_of_rise(levels_now, levels_then, is_one_boot);
      pair.is_large = rise >= lines_of(metric, pair.finding.base, rules).fail;
      pairs.push_back(std::move(pair));
    }
  }
  return pairs;
}

std::string day_of(const metrics::RunDigest& run) { return iso8601(run.started).substr(0, 10); }

std::string span_of(const Runs& runs) {
  const std::string first = day_of(*runs.front());
  const std::string last = day_of(*runs.back());
  return first == last ? first : first + " to " + last;
}

}  // namespace

Drift drift_of(const Baseline& baseline, const plan::GateRules& rules) {
  Drift drift;
  if (baseline.anchor.empty() || baseline.runs.empty()) {
    drift.sentence = "there are no pinned runs of this kind of machine to drift from";
    return drift;
  }
  const metrics::Environment& environment = baseline.runs.front().environment;
  const Runs pinned = runs_like(environment, baseline.anchor);
  Runs newest = runs_like(environment, baseline.runs);
  if (newest.size() > kNewest) newest.erase(newest.begin(), newest.end() - kNewest);
  if (pinned.size() < kNewest || newest.size() < kNewest) {
    drift.sentence = fmt::format("{} pinned and {} newest are too few to see a drift",
                                 counted(pinned.size(), "run"), newest.size());
    return drift;
  }
  const std::vector<Pair> pairs = pairs_of(newest, pinned, rules);
  std::vector<double> p_values;
  p_values.reserve(pairs.size());
  for (const Pair& pair : pairs) p_values.push_back(pair.p);
  const std::vector<double> adjusted = holm(p_values);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (adjusted[i] > 1 - rules.confidence || !pairs[i].is_large) continue;
    const ComparisonFinding& one = pairs[i].finding;
    drift.findings.push_back(fmt::format("{} of {} in stage {} {}", words_for(one.metric),
                                         one.request, one.stage, describe_change(one)));
  }
  drift.sentence =
      fmt::format("the newest {} runs ({}) {} the {} pinned ones ({})", kNewest, span_of(newest),
                  drift.findings.empty() ? "show no drift from" : "drifted from", pinned.size(),
                  span_of(pinned));
  return drift;
}

std::vector<metrics::Environment> environments_of(const Baseline& baseline) {
  std::map<std::string, metrics::Environment> environments;
  for (const metrics::RunDigest& run : baseline.runs) {
    environments.emplace(run.environment.fingerprint(), run.environment);
  }
  std::vector<metrics::Environment> list;
  list.reserve(environments.size());
  for (const auto& [fingerprint, environment] : environments) list.push_back(environment);
  return list;
}

}  // namespace loadgate::gate
