#include "gate/baseline_comparison.h"

#include <algorithm>
#include <set>

#include "gate/baseline_info.h"
#include "gate/explain.h"
#include "gate/stored_case.h"

namespace loadgate::gate {
namespace {

constexpr double kMostSteal = 0.05;

Enough enough_for(ComparedMetric metric) {
  // Error rates as p95: with fewer than 400 requests on both sides the counts alone
  // are uncertain by more than the point that matters by default.
  return metric == ComparedMetric::p50 ? Enough{100, 10} : Enough{400, 100};
}

StoredCase case_of(const Subject& subject, const plan::GateRules& rules) {
  StoredCase one = subject.metric == ComparedMetric::error_rate ? error_case(subject, rules)
                                                                : ratio_case(subject, rules);
  one.finding.stage = subject.head->stage;
  one.finding.request = subject.head->request;
  one.finding.requests = subject.head->requests;
  one.finding.baseline_runs = subject.units.runs();
  double requests = 0;
  for (const auto& group : subject.units.groups) {
    for (const auto* series : group) requests += static_cast<double>(series->requests);
  }
  one.requests_a_unit = requests / std::max(1, one.finding.baseline_runs);
  weigh(one, enough_for(subject.metric));
  return one;
}

// The same arrivals reach every request of a stage, so throughput is asked of the pool.
bool has_throughput(const metrics::DigestSeries& series) {
  return series.is_saturated && series.request == metrics::kAllRequests;
}

std::vector<StoredCase> cases_of(const metrics::RunDigest& head, const plan::GateRules& rules,
                                 const std::vector<const metrics::RunDigest*>& runs) {
  std::vector<StoredCase> cases;
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

Cause cause_of(const StoredCase& one) {
  const bool is_few =
      one.requests_a_unit < enough_for(one.finding.metric).to_decide || !one.has_estimate;
  return is_few ? Cause::too_few_requests : Cause::too_noisy;
}

void decide(StoredCase& one, const Family& family, double steal_share) {
  ComparisonFinding& finding = one.finding;
  finding.outcome = outcome_of(one, family);
  if (!one.is_judged()) return;
  if (finding.outcome == Outcome::inconclusive) finding.cause = cause_of(one);
  // Taken CPU time looks like a slower service and can hide one; failed requests are failed.
  if (steal_share > kMostSteal && one.is_ratio()) {
    finding.outcome = Outcome::inconclusive;
    finding.cause = Cause::environment;
  }
}

double smallest_visible(const StoredCase& one, double level) {
  if (!one.has_estimate) return 0;
  return one.is_ratio() ? smallest_visible_ratio(one, level) : smallest_visible_error(one, level);
}

std::vector<Case*> pointers_to(std::vector<StoredCase>& cases) {
  std::vector<Case*> pointers;
  for (StoredCase& one : cases) pointers.push_back(&one);
  return pointers;
}

bool spans_stages(const std::vector<StoredCase>& cases) {
  std::set<std::string> stages;
  for (const StoredCase& one : cases) stages.insert(one.finding.stage);
  return stages.size() > 1;
}

}  // namespace

BaselineComparison compare_with_baseline(const metrics::RunResult& run, const Baseline& baseline) {
  const metrics::RunDigest head = metrics::digest_of(run);
  const auto runs = runs_like(run.info.environment, baseline.runs);
  std::vector<StoredCase> cases = cases_of(head, run.judging.gate, runs);
  BaselineComparison comparison;
  const bool is_comparable = std::any_of(cases.begin(), cases.end(),
                                         [](const StoredCase& one) { return one.unit_count > 0; });
  comparison.info = describe_baseline(run.info, baseline, runs,
                                      is_comparable ? LoadMatch::some : LoadMatch::none);
  if (!is_comparable) return comparison;

  measure_ratios(cases);
  const Family family = adjust(pointers_to(cases), 1 - run.judging.gate.confidence);
  const bool names_stage = spans_stages(cases);
  for (StoredCase& one : cases) {
    decide(one, family, run.health.steal_share);
    fill(one, smallest_visible(one, family.level));
    one.finding.explanation = explain(one.finding, names_stage ? NameStage::yes : NameStage::no);
    one.finding.advice = advise(one, family.level);
    comparison.findings.push_back(one.finding);
  }
  sort_findings(comparison.findings, run.judging.stages);
  return comparison;
}

}  // namespace loadgate::gate
