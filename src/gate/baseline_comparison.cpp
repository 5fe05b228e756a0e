#include "gate/baseline_comparison.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "gate/baseline_info.h"
#include "gate/comparison_case.h"
#include "gate/explain.h"

namespace loadgate::gate {
namespace {

constexpr double kMostSteal = 0.05;

// Requests a stored run needs, on average, before its level says something.
struct Enough {
  double to_decide, to_watch;
};

Enough enough_for(ComparedMetric metric) {
  // Error rates as p95: with fewer than 400 requests on both sides the counts alone
  // are uncertain by more than the point that matters by default.
  return metric == ComparedMetric::p50 ? Enough{100, 10} : Enough{400, 100};
}

bool is_pool(const Case& one) { return one.finding.request == metrics::kAllRequests; }

void weigh(Case& one) {
  const Enough enough = enough_for(one.finding.metric);
  if (one.unit_count == 0) {
    one.finding.weight = Weight::shown;
    one.finding.cause = Cause::no_matching_baseline;
  } else if (is_pool(one) || one.requests_a_run >= enough.to_decide) {
    one.finding.weight = Weight::deciding;
  } else if (one.requests_a_run >= enough.to_watch) {
    one.finding.weight = Weight::watched;
  } else {
    one.finding.weight = Weight::shown;
    one.finding.cause = Cause::too_few_requests;
  }
}

Case case_of(const Subject& subject, const plan::GateRules& rules) {
  Case one = subject.metric == ComparedMetric::error_rate ? error_case(subject, rules)
                                                          : ratio_case(subject, rules);
  one.finding.stage = subject.head->stage;
  one.finding.request = subject.head->request;
  one.finding.requests = subject.head->requests;
  one.finding.baseline_runs = subject.units.runs();
  double requests = 0;
  for (const auto& group : subject.units.groups) {
    for (const auto* series : group) requests += static_cast<double>(series->requests);
  }
  one.requests_a_run = requests / std::max(1, one.finding.baseline_runs);
  weigh(one);
  return one;
}

// The same arrivals reach every request of a stage, so throughput is asked of the pool.
bool has_throughput(const metrics::DigestSeries& series) {
  return series.is_saturated && series.request == metrics::kAllRequests;
}

std::vector<Case> cases_of(const metrics::RunDigest& head, const plan::GateRules& rules,
                           const std::vector<const metrics::RunDigest*>& runs) {
  std::vector<Case> cases;
  for (const metrics::DigestSeries& series : head.series) {
    if (std::find(rules.ignored_requests.begin(), rules.ignored_requests.end(), series.request) !=
        rules.ignored_requests.end()) {
      continue;
    }
    std::vector<UnitRun> matching;
    for (const metrics::RunDigest* run : runs) {
      if (const auto* found = series_like(series, *run)) {
        matching.push_back({run->environment.boot, found});
      }
    }
    Subject subject{&series, group_into_units(matching, head.environment.boot)};
    for (const ComparedMetric metric :
         {ComparedMetric::p50, ComparedMetric::p95, ComparedMetric::error_rate}) {
      subject.metric = metric;
      cases.push_back(case_of(subject, rules));
    }
    if (has_throughput(series)) {
      subject.metric = ComparedMetric::throughput;
      cases.push_back(case_of(subject, rules));
    }
  }
  return cases;
}

// How Holm shares the risk out: `level` is what the least significant of all would need.
struct Family {
  double alpha = 0.01;
  double level = 0.01;
};

Family adjust(std::vector<Case>& cases, double confidence) {
  std::vector<double> p_values;
  for (const Case& one : cases) {
    if (one.is_judged()) p_values.push_back(one.p);
  }
  const std::vector<double> adjusted = holm(p_values);
  std::size_t next = 0;
  for (Case& one : cases) {
    if (one.is_judged()) one.finding.p_adjusted = adjusted[next++];
  }
  const double alpha = 1 - confidence;
  return {alpha, alpha / static_cast<double>(std::max<std::size_t>(1, adjusted.size()))};
}

Cause cause_of(const Case& one) {
  const bool is_few =
      one.requests_a_run < enough_for(one.finding.metric).to_decide || !one.has_estimate;
  return is_few ? Cause::too_few_requests : Cause::too_noisy;
}

void decide(Case& one, const Family& family, double steal_share) {
  ComparisonFinding& finding = one.finding;
  finding.outcome = Outcome::inconclusive;
  if (!one.is_judged()) return;
  const bool fails = finding.p_adjusted <= family.alpha && one.estimate >= one.fail_line &&
                     one.is_above_enough_units;
  if (one.has_estimate && fails) {
    finding.outcome = Outcome::fail;
  } else if (one.has_estimate && one.high < one.pass_line) {
    finding.outcome = Outcome::pass;
  } else {
    finding.cause = cause_of(one);
  }
  // Taken CPU time looks like a slower service and can hide one; failed requests are failed.
  if (steal_share > kMostSteal && finding.metric != ComparedMetric::error_rate) {
    finding.outcome = Outcome::inconclusive;
    finding.cause = Cause::environment;
  }
}

// From the scale of the test to `change`: a share more or less, or points.
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

void fill(Case& one, const Family& family) {
  ComparisonFinding& finding = one.finding;
  const auto change = [&](double estimate) { return change_of(finding.metric, estimate); };
  finding.fail_line = change(one.fail_line);
  finding.pass_line = change(one.pass_line);
  if (!one.has_estimate) return;
  finding.change = change(one.estimate);
  finding.change_low = change(one.low);
  finding.change_high = change(one.high);
  finding.sees = change(finding.metric == ComparedMetric::error_rate
                            ? smallest_visible_error(one, family.level)
                            : smallest_visible_ratio(one, family.level));
}

void sort_findings(std::vector<ComparisonFinding>& findings,
                   const std::vector<metrics::StageInfo>& stages) {
  const auto place_of = [&](const std::string& stage) {
    return std::find_if(stages.begin(), stages.end(),
                        [&](const metrics::StageInfo& one) { return one.name == stage; }) -
           stages.begin();
  };
  const auto rank = [&](const ComparisonFinding& one) {
    return std::tuple(one.outcome != Outcome::fail, one.weight, place_of(one.stage),
                      one.request != metrics::kAllRequests, std::cref(one.request).get(),
                      one.metric);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

bool spans_stages(const std::vector<Case>& cases) {
  std::set<std::string> stages;
  for (const Case& one : cases) stages.insert(one.finding.stage);
  return stages.size() > 1;
}

}  // namespace

BaselineComparison compare_with_baseline(const metrics::RunResult& run, const Baseline& baseline) {
  const metrics::RunDigest head = metrics::digest_of(run);
  const auto runs = runs_like(run.info.environment, baseline.runs);
  std::vector<Case> cases = cases_of(head, run.judging.gate, runs);
  BaselineComparison comparison;
  const bool is_comparable =
      std::any_of(cases.begin(), cases.end(), [](const Case& one) { return one.unit_count > 0; });
  comparison.info = describe_baseline(run.info, baseline, runs,
                                      is_comparable ? LoadMatch::some : LoadMatch::none);
  if (!is_comparable) return comparison;

  measure_ratios(cases);
  const Family family = adjust(cases, run.judging.gate.confidence);
  const bool names_stage = spans_stages(cases);
  for (Case& one : cases) {
    decide(one, family, run.health.steal_share);
    fill(one, family);
    one.finding.explanation = explain(one.finding, names_stage ? NameStage::yes : NameStage::no);
    one.finding.advice = advise(one, family.level);
    comparison.findings.push_back(one.finding);
  }
  sort_findings(comparison.findings, run.judging.stages);
  return comparison;
}

}  // namespace loadgate::gate
