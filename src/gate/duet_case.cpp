// Which metrics a duet compares, and its ratios: CPU, p50, p95 (verdict-rules.md, "Side by side").

#include "gate/duet_case.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "gate/duet_looks.h"

namespace loadgate::gate {
namespace {

// Two builds that differ in nothing differ by as much, if only by the layout of memory.
constexpr double kSmallestSpread = 0.01;
// Without restarts that luck is drawn once, and no number of epochs shows how large it was.
constexpr double kLuckOfOneStart = 0.02;
// Of the pass line: a latency that chance alone spreads by more between epochs would keep
// most duets open to the last look, and some for ever.
constexpr double kMostChance = 0.5;
constexpr double kEnoughForP99 = 400;  // Requests of an epoch, so that four lie above it.

Enough enough_for(ComparedMetric metric) {
  switch (metric) {
    case ComparedMetric::p95:
      return {400, 100};
    case ComparedMetric::error_rate:
      return {400, 10};  // The test of counts is exact however few they are.
    default:
      return {100, 10};
  }
}

double level_of(const SideLevels& side, ComparedMetric metric) {
  switch (metric) {
    case ComparedMetric::cpu_per_request:
      return side.cpu;
    case ComparedMetric::p50:
      return side.p50;
    case ComparedMetric::p99:
      return side.p99;
    default:
      return side.p95;
  }
}

Nanoseconds floor_of(ComparedMetric metric, const plan::GateRules& rules) {
  return metric == ComparedMetric::cpu_per_request ? rules.cpu_floor : rules.latency_floor;
}

// What is missing on one side in an epoch leaves that epoch out.
void estimate(DuetCase& one, const plan::GateRules& rules) {
  const ComparedMetric metric = one.finding.metric;
  std::vector<double> base, head, differences;
  for (const DuetUnit& unit : one.units) {
    const double of_base = level_of(unit.base, metric), of_head = level_of(unit.head, metric);
    if (!(of_base > 0 && of_head > 0)) continue;
    base.push_back(std::log(of_base));
    head.push_back(std::log(of_head));
    differences.push_back(head.back() - base.back());
  }
  one.unit_count = differences.size();
  if (differences.size() < 2) return;
  one.has_estimate = true;
  one.estimate = mean(differences);
  one.measured = {variance(differences), static_cast<double>(differences.size() - 1)};
  one.finding.base = std::exp(mean(base));
  one.finding.head = std::exp(mean(head));
  const double detect = std::log1p(detect_of(metric, rules.duet));
  const double floor =
      std::log1p(static_cast<double>(floor_of(metric, rules).count()) / one.finding.base);
  one.fail_line = std::max(detect / 2, floor);
  one.pass_line = std::max(detect, floor);
}

double mean_requests(std::span<const DuetUnit> units, SideLevels DuetUnit::*side) {
  double sum = 0;
  for (const DuetUnit& unit : units) sum += (unit.*side).counts.requests;
  return sum / static_cast<double>(units.size());
}

DuetCase case_of(const DuetRequest& request, ComparedMetric metric, const plan::GateRules& rules,
                 std::size_t epochs) {
  DuetCase one;
  one.units = std::span(request.units).first(epochs);
  one.is_part = request.name != metrics::kAllRequests;
  one.finding.request = request.name;
  one.finding.metric = metric;
  one.finding.epochs = static_cast<int>(epochs);
  one.finding.requests = static_cast<std::uint64_t>(
      std::llround(mean_requests(one.units, &DuetUnit::head) * static_cast<double>(epochs)));
  // Of the first look alone: which metrics are judged must not hang on what they showed.
  one.requests_a_unit = mean_requests(one.units.first(kFewestEpochs), &DuetUnit::base);
  if (metric == ComparedMetric::error_rate) {
    measure_duet_errors(one, rules.duet.error_rate);
  } else {
    estimate(one, rules);
  }
  return one;
}

// As a variance of the ratio of two quantiles in one epoch.
double chance(const DuetCase& one) {
  double sum = 0;
  for (const DuetUnit& unit : one.units) {
    sum += one.finding.metric == ComparedMetric::p50 ? unit.chance_p50 : unit.chance_p95;
  }
  return sum / static_cast<double>(one.units.size());
}

// A single request that is too rare, for how widely its times spread, only watches. Of the
// first look alone, as its number of requests.
void weigh_by_chance(DuetCase& one, const DuetRequest& request, const plan::GateRules& rules) {
  if (!is_latency(one.finding.metric) || !one.is_part) return;
  if (one.finding.weight != Weight::deciding) return;
  const DuetCase first = case_of(request, one.finding.metric, rules, kFewestEpochs);
  if (std::sqrt(chance(first)) > kMostChance * first.pass_line)
    one.finding.weight = Weight::watched;
}

void show_only(DuetCase& one, Cause cause) {
  one.finding.weight = Weight::shown;
  one.finding.cause = cause;
}

// The slowest of a hundred requests are too few, and too much a matter of what else the
// machine does, to hold up a pass; but they alone show a path that few requests take.
DuetCase tail_case(const DuetRequest& pool, const plan::GateRules& rules, std::size_t epochs) {
  DuetCase one = case_of(pool, ComparedMetric::p99, rules, epochs);
  one.finding.weight = Weight::watched;
  if (pool.left_out != Cause::none) {
    show_only(one, pool.left_out);
  } else if (one.requests_a_unit < kEnoughForP99) {
    show_only(one, Cause::too_few_requests);
  }
  return one;
}

bool has_cpu(const DuetRequest& pool) {
  return std::all_of(pool.units.begin(), pool.units.begin() + kFewestEpochs,
                     [](const DuetUnit& unit) { return unit.base.cpu > 0 && unit.head.cpu > 0; });
}

double error_of_mean(double variance, std::size_t units, plan::Restart restart) {
  return std::hypot(mean_error(variance, units, kSmallestSpread),
                    restart == plan::Restart::never ? kLuckOfOneStart : 0);
}

// Requests of a name are alike; all of them together spread by less, rare ones by more, and
// either would mislead the others.
void borrow_strength(std::vector<DuetCase>& cases) {
  std::map<ComparedMetric, std::vector<DuetCase*>> families;
  for (DuetCase& one : cases) {
    one.spread = one.measured;
    const bool lends = one.is_part && one.finding.weight == Weight::deciding &&
                       is_latency(one.finding.metric) && one.has_estimate;
    if (lends) families[one.finding.metric].push_back(&one);
  }
  for (auto& [metric, members] : families) {
    std::vector<Spread> family;
    for (const DuetCase* member : members) family.push_back(member->measured);
    const std::vector<Spread> moderated = moderate(family);
    for (std::size_t i = 0; i < members.size(); ++i) {
      // Drawn towards the others, a rare request would seem surer than chance lets it be.
      const double least = std::min(family[i].variance, chance(*members[i]));
      members[i]->spread = {std::max(moderated[i].variance, least), moderated[i].degrees};
    }
  }
}

}  // namespace

std::vector<DuetCase> duet_cases(const std::vector<DuetRequest>& requests, const DuetLimits& limits,
                                 std::size_t epochs) {
  const bool are_alike = std::none_of(requests.begin(), requests.end(), [](const auto& one) {
    return one.left_out == Cause::only_head_knows;
  });
  std::vector<DuetCase> cases;
  for (const DuetRequest& request : requests) {
    const bool is_pool = request.name == metrics::kAllRequests;
    if (is_pool && has_cpu(request)) {
      cases.push_back(case_of(request, ComparedMetric::cpu_per_request, limits.rules, epochs));
      // CPU time is of all requests: where one side only refuses some, it compares unlike work.
      const Cause why = are_alike ? request.left_out : Cause::only_head_knows;
      if (why != Cause::none) show_only(cases.back(), why);
    }
    for (const ComparedMetric metric :
         {ComparedMetric::p50, ComparedMetric::p95, ComparedMetric::error_rate}) {
      DuetCase& one = cases.emplace_back(case_of(request, metric, limits.rules, epochs));
      if (request.left_out != Cause::none) {
        show_only(one, request.left_out);
      } else if (one.requests_a_unit > 0) {
        weigh_by_requests(one, enough_for(metric));
        weigh_by_chance(one, request, limits.rules);
      } else {
        show_only(one, Cause::too_few_requests);
      }
    }
    if (is_pool && limits.rules.duet.p99) {
      cases.push_back(tail_case(request, limits.rules, epochs));
    }
  }
  return cases;
}

void measure_duet_ratios(std::vector<DuetCase>& cases, plan::Restart restart) {
  borrow_strength(cases);
  for (DuetCase& one : cases) {
    if (!one.is_ratio() || !one.has_estimate) continue;
    one.error = error_of_mean(one.measured.variance, one.unit_count, restart);
    one.interval_error = error_of_mean(one.spread.variance, one.unit_count, restart);
    const double reach = t_quantile(kIntervalQuantile, one.spread.degrees) * one.interval_error;
    one.low = one.estimate - reach;
    one.high = one.estimate + reach;
    one.p = t_upper_tail(one.estimate / one.error, one.measured.degrees);
  }
}

std::optional<std::size_t> epochs_to_settle(const DuetCase& one, double level,
                                            plan::Restart restart) {
  constexpr std::size_t kMostMore = 100;
  if (!one.has_estimate) return std::nullopt;
  const double reach_now = one.high - one.estimate;
  for (std::size_t more = 1; more <= kMostMore; ++more) {
    const std::size_t units = one.unit_count + more;
    const double shrink =
        std::sqrt(static_cast<double>(one.unit_count) / static_cast<double>(units));
    if (!one.is_ratio()) {  // Counts fail as soon as they pass no more; close enough.
      if (one.estimate + reach_now * shrink < one.pass_line) return more;
      continue;
    }
    const auto degrees = static_cast<double>(more);
    const double reach = t_quantile(kIntervalQuantile, one.spread.degrees + degrees) *
                         error_of_mean(one.spread.variance, units, restart);
    const double significant = t_quantile(1 - level, one.measured.degrees + degrees) *
                               error_of_mean(one.measured.variance, units, restart);
    const bool fails = one.estimate >= std::max(one.fail_line, significant);
    if (fails || one.estimate + reach < one.pass_line) return more;
  }
  return std::nullopt;
}

}  // namespace loadgate::gate
