#include "gate/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "gate/baseline_comparison.h"
#include "gate/duet_comparison.h"
#include "gate/duet_thresholds.h"
#include "gate/duet_units.h"
#include "gate/stored_units.h"
#include "gate/verdict_sentence.h"

namespace loadgate::gate {
namespace {

bool measured_something(const metrics::RunResult& run) {
  const metrics::Judging& judging = run.judging;
  return std::any_of(run.series.begin(), run.series.end(), [&](const metrics::Series& series) {
    return series.key.stage < judging.stages.size() &&
           series.key.request_name < judging.requests.size() && series.held.requests > 0 &&
           judging.stages[series.key.stage].is_judged() &&
           judging.requests[series.key.request_name].role == plan::Role::task;
  });
}

// Two builds that refuse everything are alike, which says nothing of the change.
std::string nothing_to_compare(const metrics::RunResult& run) {
  const std::vector<metrics::Epoch>& epochs = run.duet->epochs;
  const bool is_any_sound =
      std::any_of(epochs.begin(), epochs.end(), [](const auto& one) { return one.counts(); });
  if (is_any_sound && !measured_something(run)) {
    return "no request was finished while the load was held, so there is nothing to compare: see "
           "why nothing was sent, or give the plan more rows of data";
  }
  if (!is_all_refused(run)) return {};
  return "no request was answered as expected on either side, so there is nothing to compare: "
         "`loadgate try` shows what the service answers to the plan";
}

std::vector<std::string> reasons_against_duet(const metrics::RunResult& run) {
  std::vector<std::string> reasons = run.health.invalid;
  const std::string died = base_died(*run.duet);
  if (!died.empty()) reasons.push_back(fmt::format("the base build died under load: {}", died));
  const bool has_verdict = !run.info.aborted.empty() || !head_died(*run.duet).empty();
  if (!reasons.empty() || has_verdict) return reasons;
  const std::string nothing = nothing_to_compare(run);
  if (!nothing.empty()) reasons.push_back(nothing);
  return reasons;
}

std::vector<std::string> reasons_against(const metrics::RunResult& run) {
  if (run.duet) return reasons_against_duet(run);
  std::vector<std::string> reasons = run.health.invalid;
  if (reasons.empty() && !measured_something(run)) {
    reasons.emplace_back(
        "no request was finished while the load was held, so there is nothing to judge: make the "
        "judged stages longer, or see why nothing was sent");
  }
  return reasons;
}

// Absence of a difference is no pass: something must have been compared, and all that
// decides must have been decided.
bool is_undecided(const Verdict& verdict) {
  if (count_of(verdict.thresholds, Outcome::inconclusive) > 0) return true;
  if (!verdict.baseline && !verdict.duet) return false;
  // Whatever its weight: that a run was looked at again is no reason to forget why.
  const auto is_unconfirmed = [](const auto& one) { return one.cause == Cause::not_confirmed; };
  if (std::any_of(verdict.comparisons.begin(), verdict.comparisons.end(), is_unconfirmed)) {
    return true;
  }
  return std::none_of(verdict.comparisons.begin(), verdict.comparisons.end(), decides) ||
         std::any_of(verdict.comparisons.begin(), verdict.comparisons.end(),
                     [](const auto& one) { return decides(one) && one.outcome != Outcome::pass; });
}

Conclusion conclude(const Verdict& verdict, const metrics::RunInfo& info) {
  if (info.interrupted) return Conclusion::interrupted;
  if (!verdict.reasons.empty()) return Conclusion::invalid;
  const bool head_died = verdict.duet && !verdict.duet->head_died.empty();
  if (head_died || count_of(verdict.comparisons, Outcome::fail) > 0) return Conclusion::regression;
  // An abort ends a run while its threshold is missed; the last answers may mend that.
  if (count_of(verdict.thresholds, Outcome::fail) > 0 || !info.aborted.empty()) {
    return Conclusion::threshold_missed;
  }
  return is_undecided(verdict) ? Conclusion::inconclusive : Conclusion::passed;
}

void judge_duet(const metrics::RunResult& run, Verdict& verdict) {
  DuetComparison comparison = compare_sides(run, LookNow::yes);
  DuetThresholds thresholds = check_duet_thresholds(run);
  verdict.comparisons = std::move(comparison.findings);
  verdict.duet = std::move(comparison.info);
  verdict.thresholds = std::move(thresholds.findings);
  std::move(thresholds.remarks.begin(), thresholds.remarks.end(),
            std::back_inserter(verdict.duet->remarks));
}

void judge_run(const metrics::RunResult& run, const std::optional<Baseline>& baseline,
               Verdict& verdict) {
  std::optional<Baseline> like;
  if (baseline) {
    like = of_environment(*baseline, run.info.environment);
    BaselineComparison comparison = compare_with_baseline(run, *baseline);
    verdict.comparisons = std::move(comparison.findings);
    verdict.baseline = std::move(comparison.info);
  }
  verdict.thresholds = check_thresholds(run.judging, run.series, like);
}

}  // namespace

Baseline of_environment(const Baseline& baseline, const metrics::Environment& environment) {
  const WallTime from = counts_from(baseline.runs);
  Baseline like{baseline.folder, {}, {}};
  for (const metrics::RunDigest* run : runs_like(environment, baseline.runs)) {
    like.runs.push_back(*run);
  }
  for (const metrics::RunDigest* run : runs_like(environment, baseline.anchor)) {
    if (run->started >= from) like.anchor.push_back(*run);
  }
  return like;
}

Verdict judge(const metrics::RunResult& run, const std::optional<Baseline>& baseline) {
  Verdict verdict;
  verdict.reasons = reasons_against(run);
  if (run.duet) {
    judge_duet(run, verdict);
  } else {
    judge_run(run, baseline, verdict);
  }
  verdict.conclusion = conclude(verdict, run.info);
  verdict.sentence = sentence_of(verdict, run.info);
  return verdict;
}

}  // namespace loadgate::gate
