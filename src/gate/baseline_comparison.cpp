#include "gate/baseline_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/text.h"
#include "gate/baseline_info.h"
#include "gate/confirmation.h"
#include "gate/explain.h"
#include "gate/machine_state.h"
#include "gate/stored_case.h"

namespace loadgate::gate {

bool is_ignored(const metrics::DigestSeries& series, const plan::GateRules& rules) {
  const std::vector<std::string>& ignored = rules.ignored_requests;
  return std::find(ignored.begin(), ignored.end(), series.request) != ignored.end();
}

namespace {

Enough enough_for(ComparedMetric metric) {
  // Error rates as p95: with fewer than 400 requests on both sides the counts alone
  // are uncertain by more than the point that matters by default.
  const bool is_middle = metric == ComparedMetric::p50 || metric == ComparedMetric::cpu_per_request;
  return is_middle ? Enough{100, 10} : Enough{400, 100};
}

StoredCase case_of(const Subject& subject, const plan::GateRules& rules) {
  StoredCase one = subject.metric == ComparedMetric::error_rate ? error_case(subject, rules)
                                                                : ratio_case(subject, rules);
  one.finding.stage = subject.head->stage;
  one.finding.request = subject.head->request;
  one.finding.requests = subject.head->requests;
  one.finding.baseline_runs = one.units.runs();
  double requests = 0;
  for (const auto& group : one.units.groups) {
    for (const auto* series : group) requests += static_cast<double>(series->requests);
  }
  one.requests_a_unit = requests / std::max(1, one.finding.baseline_runs);
  weigh(one, enough_for(subject.metric));
  return one;
}

std::vector<StoredCase> cases_of(const metrics::RunDigest& head, const plan::GateRules& rules,
                                 const std::vector<const metrics::RunDigest*>& runs) {
  std::vector<StoredCase> cases;
  for (const metrics::DigestSeries& series : head.series) {
    if (is_ignored(series, rules)) continue;
    const StagePace pace(head, series.stage);
    Subject subject{.head = &series, .units = {}, .paces = {.head = pace.of_head(), .stored = {}}};
    std::vector<UnitRun> matching;
    for (const metrics::RunDigest* run : runs) {
      const metrics::DigestSeries* found = series_like(series, *run);
      if (found == nullptr) continue;
      matching.push_back({run->environment.boot, found});
      if (const auto stored = pace.of(*run)) subject.paces.stored[found] = *stored;
    }
    subject.units = group_into_units(matching, head.environment.boot);
    std::vector<ComparedMetric> metrics = ratios_of(series);
    metrics.push_back(ComparedMetric::error_rate);
    for (const ComparedMetric metric : metrics) {
      subject.metric = metric;
      cases.push_back(case_of(subject, rules));
    }
  }
  return cases;
}

// Where another machine named suspects, the others are only shown.
void leave_suspects(std::vector<StoredCase>& cases, const std::vector<metrics::Suspect>& suspects) {
  for (StoredCase& one : cases) {
    const ComparisonFinding& finding = one.finding;
    const bool is_suspect =
        std::any_of(suspects.begin(), suspects.end(), [&](const metrics::Suspect& suspect) {
          return suspect.stage == finding.stage && suspect.request == finding.request &&
                 suspect.metric == name_of(finding.metric);
        });
    if (!is_suspect) one.finding.weight = Weight::shown;
  }
}

Cause cause_of(const StoredCase& one) {
  const bool is_few =
      one.requests_a_unit < enough_for(one.finding.metric).to_decide || !one.has_estimate;
  return is_few ? Cause::too_few_requests : Cause::too_noisy;
}

double smallest_visible(const StoredCase& one, double level) {
  if (!one.has_estimate) return 0;
  return one.is_ratio() ? smallest_visible_ratio(one, level) : smallest_visible_error(one, level);
}

std::vector<Case*> pointers_to(std::vector<StoredCase>& cases) {
  std::vector<Case*> pointers;
  pointers.reserve(cases.size());
  for (StoredCase& one : cases) pointers.push_back(&one);
  return pointers;
}

bool spans_stages(const std::vector<StoredCase>& cases) {
  std::set<std::string> stages;
  for (const StoredCase& one : cases) stages.insert(one.finding.stage);
  return stages.size() > 1;
}

// The findings of a run alone, and what they are written with.
struct Judged {
  std::vector<ComparisonFinding> findings;
  NameStage names_stage = NameStage::no;
  bool is_comparable = false;
  std::vector<std::string> remarks;
};

// Of the first comparison whose level the newest runs alone show, and how many more.
std::string newest_level_remark(const std::vector<StoredCase>& cases) {
  const auto is_newest = [](const StoredCase& one) { return one.is_of_newest_level; };
  const auto first = std::find_if(cases.begin(), cases.end(), is_newest);
  if (first == cases.end()) return {};
  const auto all = std::count_if(cases.begin(), cases.end(), is_newest);
  return fmt::format("{} of {}{} got better on the way: the newest {} count alone there.",
                     words_for(first->finding.metric), first->finding.request,
                     all > 1 ? fmt::format(" and {} more", all - 1) : "",
                     counted(static_cast<std::size_t>(first->finding.baseline_runs), "run"));
}

// How much faster or slower the machine was, as the first comparison of times has it.
std::string pace_remark(const std::vector<StoredCase>& cases) {
  constexpr double kWorthSaying = 0.05;
  const auto is_known = [](const StoredCase& one) { return one.other.has_value(); };
  const auto first = std::find_if(cases.begin(), cases.end(), is_known);
  if (first == cases.end()) return {};
  const bool is_at_pace = first->scale == Scale::at_pace;
  const double slower = is_at_pace ? first->other->estimate - first->estimate
                                   : first->estimate - first->other->estimate;
  if (std::fabs(slower) < kWorthSaying) return {};
  const bool is_any_scaled = std::any_of(cases.begin(), cases.end(), [](const StoredCase& one) {
    return one.scale == Scale::at_pace;
  });
  return fmt::format(
      "loadgate itself spent {:.2g} × as much CPU time on a request as in the stored runs, so the "
      "machine was {}{}.",
      std::exp(slower), slower > 0 ? "slower" : "faster",
      is_any_scaled ? ": where that makes stored times alike, they are shown as they would have "
                      "been now"
                    : "");
}

class Comparing {
 public:
  Comparing(const metrics::RunResult& run, std::vector<const metrics::RunDigest*> stored)
      : run_(run), stored_(std::move(stored)) {}

  Judged judge(const metrics::RunDigest& head) const {
    const plan::GateRules& rules = run_.judging.gate;
    std::vector<StoredCase> cases = cases_of(head, rules, stored_);
    if (run_.suspects) leave_suspects(cases, *run_.suspects);
    Judged judged;
    judged.names_stage = spans_stages(cases) ? NameStage::yes : NameStage::no;
    judged.is_comparable = std::any_of(cases.begin(), cases.end(),
                                       [](const StoredCase& one) { return one.unit_count > 0; });
    if (!judged.is_comparable) return judged;

    measure_ratios(cases);
    const Family family = adjust(pointers_to(cases), 1 - rules.confidence);
    const MachineState state = state_of(head, stored_);
    for (const std::string& remark :
         {newest_level_remark(cases), pace_remark(cases), state.remark()}) {
      if (!remark.empty()) judged.remarks.push_back(remark);
    }
    for (StoredCase& one : cases) {
      decide(one, family, state);
      fill(one, smallest_visible(one, family.level));
      one.finding.explanation = explain(one.finding, judged.names_stage);
      one.finding.advice = advise(one, family.level);
      judged.findings.push_back(one.finding);
    }
    return judged;
  }

  // A digest knows no older names.
  metrics::RunDigest with_older_names(metrics::RunDigest digest) const {
    for (metrics::DigestSeries& series : digest.series) {
      for (const plan::RequestName& request : run_.judging.requests) {
        if (request.text == series.request) series.was = request.was;
      }
    }
    return digest;
  }

 private:
  static void decide(StoredCase& one, const Family& family, const MachineState& state) {
    one.finding.outcome = outcome_of(one, family);
    if (!one.is_judged()) return;
    if (one.finding.outcome == Outcome::inconclusive) one.finding.cause = cause_of(one);
    heed_other_scale(one, family);
    guard(one, state);
  }

  const metrics::RunResult& run_;
  const std::vector<const metrics::RunDigest*> stored_;
};

}  // namespace

BaselineComparison compare_with_baseline(const metrics::RunResult& run, const Baseline& baseline) {
  const metrics::RunDigest head = metrics::digest_of(run);
  const auto stored = runs_like(run.info.environment, baseline.runs);
  const Comparing comparing(run, stored);
  Judged judged = comparing.judge(head);
  BaselineComparison comparison;
  comparison.info = describe_baseline(run, baseline, stored,
                                      judged.is_comparable ? LoadMatch::some : LoadMatch::none);
  if (!judged.is_comparable) return comparison;

  std::vector<std::string>& remarks = comparison.info.remarks;
  remarks.insert(remarks.end(), judged.remarks.begin(), judged.remarks.end());
  std::vector<std::vector<ComparisonFinding>> earlier;
  for (const metrics::RunDigest& digest : run.earlier) {
    earlier.push_back(comparing.judge(comparing.with_older_names(digest)).findings);
  }
  hear_earlier(judged.findings, earlier, judged.names_stage);
  sort_findings(judged.findings, run.judging.stages);
  comparison.findings = std::move(judged.findings);
  return comparison;
}

}  // namespace loadgate::gate
