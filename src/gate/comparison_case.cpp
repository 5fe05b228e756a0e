#include "gate/comparison_case.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

namespace loadgate::gate {
namespace {

// What says most first: of a request rather than of all together, then by how far it lies
// beyond its limit. Nothing is said of what did not fail.
std::pair<bool, double> rank_of_failure(const ComparisonFinding& one) {
  if (one.outcome != Outcome::fail) return {};
  return {one.request == metrics::kAllRequests,
          one.fail_line > 0 ? -one.change / one.fail_line : -one.change};
}

}  // namespace

void weigh(Case& one, const Enough& enough) {
  if (one.unit_count > 0) {
    weigh_by_requests(one, enough);
  } else {
    one.finding.weight = Weight::shown;
    one.finding.cause = Cause::no_matching_baseline;
  }
}

void weigh_by_requests(Case& one, const Enough& enough) {
  ComparisonFinding& finding = one.finding;
  if (finding.request == metrics::kAllRequests || one.requests_a_unit >= enough.to_decide) {
    finding.weight = Weight::deciding;
  } else if (one.requests_a_unit >= enough.to_watch) {
    finding.weight = Weight::watched;
  } else {
    finding.weight = Weight::shown;
    finding.cause = Cause::too_few_requests;
  }
}

Family adjust(const std::vector<Case*>& cases, double alpha) {
  std::vector<double> p_values;
  for (const Case* one : cases) {
    if (one->is_judged()) p_values.push_back(one->p);
  }
  const std::vector<double> adjusted = holm(p_values);
  std::size_t next = 0;
  for (Case* one : cases) {
    if (one->is_judged()) one->finding.p_adjusted = adjusted[next++];
  }
  return {alpha, alpha / static_cast<double>(std::max<std::size_t>(1, adjusted.size()))};
}

Outcome outcome_of(const Case& one, const Family& family) {
  if (!one.is_judged() || !one.has_estimate) return Outcome::inconclusive;
  const bool fails = one.finding.p_adjusted <= family.alpha && one.estimate >= one.fail_line &&
                     one.is_above_enough_units;
  if (fails) return Outcome::fail;
  return one.high < one.pass_line ? Outcome::pass : Outcome::inconclusive;
}

double change_of(ComparedMetric metric, double estimate) {
  switch (metric) {
    case ComparedMetric::error_rate:
      return estimate;
    case ComparedMetric::throughput:
      return -std::expm1(-estimate);
    default:
      return std::expm1(estimate);
  }
}

double detect_of(ComparedMetric metric, const plan::Detect& detect) {
  switch (metric) {
    case ComparedMetric::cpu_per_request:
      return detect.cpu_per_request;
    case ComparedMetric::p95:
      return detect.p95;
    case ComparedMetric::p99:
      return *detect.p99;
    case ComparedMetric::error_rate:
      return detect.error_rate;
    case ComparedMetric::p50:
    case ComparedMetric::throughput:  // Who answers 30 % slower serves that much less.
      break;
  }
  return detect.p50;
}

void fill(Case& one, double sees) {
  ComparisonFinding& finding = one.finding;
  const auto change = [&](double estimate) { return change_of(finding.metric, estimate); };
  finding.fail_line = change(one.fail_line);
  finding.pass_line = change(one.pass_line);
  if (!one.has_estimate) return;
  finding.change = change(one.estimate);
  finding.change_low = change(one.low);
  finding.change_high = change(one.high);
  finding.sees = change(sees);
}

void sort_findings(std::vector<ComparisonFinding>& findings,
                   const std::vector<metrics::StageInfo>& stages) {
  const auto place_of = [&](const std::string& stage) {
    return std::find_if(stages.begin(), stages.end(),
                        [&](const metrics::StageInfo& one) { return one.name == stage; }) -
           stages.begin();
  };
  const auto rank = [&](const ComparisonFinding& one) {
    return std::tuple(one.outcome != Outcome::fail, rank_of_failure(one), one.weight,
                      place_of(one.stage), one.request != metrics::kAllRequests,
                      std::cref(one.request).get(), one.metric);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

}  // namespace loadgate::gate
