#include "gate/duet_comparison.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gate/duet_case.h"
#include "gate/duet_guards.h"
#include "gate/duet_looks.h"
#include "gate/duet_words.h"

namespace loadgate::gate {
namespace {

// Metrics that decide nothing keep a duet going only where they look like a regression:
// the rarest stand above their line by chance in every second duet.
constexpr double kSuspicious = 0.2;  // p after Holm.

std::vector<Case*> pointers_to(std::vector<DuetCase>& cases) {
  std::vector<Case*> pointers;
  pointers.reserve(cases.size());
  for (DuetCase& one : cases) pointers.push_back(&one);
  return pointers;
}

class Replay {
 public:
  explicit Replay(const metrics::RunResult& run)
      : run_(run),
        epochs_(epochs_that_count(*run.duet)),
        planned_(planned_looks(static_cast<int>(run.duet->most_epochs))) {
    if (!planned_.empty() && epochs_.size() >= static_cast<std::size_t>(planned_.front())) {
      requests_ = duet_requests(run);
    }
  }

  // Each look hears only the epochs before it, and the first that decides is the last.
  void look_as_planned() {
    for (const int look : planned_) {
      if (is_over_ || static_cast<std::size_t>(look) > epochs_.size()) return;
      this->look(static_cast<std::size_t>(look));
    }
  }

  // A duet that ended between looks has not used up its risk.
  void look_once_more() {
    if (is_over_ || looks_.empty()) return;
    if (epochs_.size() > static_cast<std::size_t>(looks_.back().epochs)) look(epochs_.size());
  }

  DuetComparison take();

 private:
  void look(std::size_t epochs);
  void decide(DuetCase& one) const;
  void heed_earlier(DuetCase& one);
  bool is_decided() const;
  void write_down(std::size_t epochs);

  const metrics::RunResult& run_;
  std::vector<const metrics::Epoch*> epochs_;
  std::vector<int> planned_;
  std::vector<DuetRequest> requests_;
  std::set<std::pair<std::string, ComparedMetric>> failed_;
  std::vector<DuetCase> cases_;
  std::vector<Look> looks_;
  std::optional<Guard> guard_;
  Family family_;
  bool is_over_ = false;
};

void Replay::look(std::size_t epochs) {
  const metrics::Judging& judging = run_.judging;
  cases_ = duet_cases(requests_, {judging.gate, run_.duet->restart}, epochs);
  measure_duet_ratios(cases_, run_.duet->restart);
  guard_ = guard_of(epochs_, epochs);
  family_ = adjust(pointers_to(cases_),
                   (1 - judging.gate.confidence) / static_cast<double>(planned_.size()));
  for (DuetCase& one : cases_) {
    decide(one);
    heed_earlier(one);
  }
  write_down(epochs);
  is_over_ = is_decided() || epochs >= static_cast<std::size_t>(planned_.back());
}

// Once failed, failed: each look has spent its share of the risk.
void Replay::heed_earlier(DuetCase& one) {
  ComparisonFinding& finding = one.finding;
  const std::pair key(finding.request, finding.metric);
  if (finding.outcome == Outcome::fail) failed_.insert(key);
  if (failed_.contains(key)) finding.outcome = Outcome::fail;
  if (finding.outcome == Outcome::fail) finding.cause = Cause::none;
}

void Replay::decide(DuetCase& one) const {
  ComparisonFinding& finding = one.finding;
  finding.outcome = outcome_of(one, family_);
  if (!one.is_judged() || finding.outcome == Outcome::fail) return;
  if (guard_ && is_latency(finding.metric)) {
    finding.outcome = Outcome::inconclusive;
    finding.cause = Cause::environment;
  } else if (finding.outcome == Outcome::inconclusive) {
    const bool is_few = (finding.weight == Weight::watched && one.is_part) || !one.has_estimate;
    finding.cause = is_few ? Cause::too_few_requests : Cause::too_noisy;
  }
}

// A rise of all requests together is not the end while a request is suspected of it: people
// want to know which one.
bool Replay::is_decided() const {
  const bool are_refused = std::all_of(requests_.begin(), requests_.end(), [](const auto& one) {
    return one.left_out == Cause::neither_answers;
  });
  if (are_refused && !requests_.empty()) return true;
  bool has_deciding = false, is_open = false, is_suspected = false, has_failed = false;
  for (const DuetCase& one : cases_) {
    const ComparisonFinding& finding = one.finding;
    const bool is_named = finding.request != metrics::kAllRequests;
    if (finding.outcome == Outcome::fail && is_named) return true;
    has_failed = has_failed || finding.outcome == Outcome::fail;
    const bool is_undecided = one.is_judged() && finding.outcome == Outcome::inconclusive;
    const bool is_suspicious = is_undecided && one.has_estimate && one.estimate >= one.fail_line &&
                               finding.p_adjusted <= kSuspicious;
    is_suspected = is_suspected || (is_suspicious && is_named);
    has_deciding = has_deciding || finding.weight == Weight::deciding;
    is_open = is_open || is_suspicious || (is_undecided && finding.weight == Weight::deciding);
  }
  return has_failed ? !is_suspected : has_deciding && !is_open;
}

void Replay::write_down(std::size_t epochs) {
  Look look{.epochs = static_cast<int>(epochs), .level = family_.alpha, .comparisons = {}};
  for (const DuetCase& one : cases_) {
    if (!one.is_judged()) continue;
    look.comparisons.push_back({.request = one.finding.request,
                                .metric = one.finding.metric,
                                .estimate = one.estimate,
                                .error = one.error,
                                .degrees = one.measured.degrees,
                                .p = one.p,
                                .p_adjusted = one.finding.p_adjusted,
                                .outcome = one.finding.outcome});
  }
  looks_.push_back(std::move(look));
}

DuetComparison Replay::take() {
  DuetComparison comparison;
  const std::vector<metrics::StageInfo>& stages = run_.judging.stages;
  for (DuetCase& one : cases_) {
    if (!stages.empty()) one.finding.stage = stages.front().name;
    fill(one, smallest_visible(one, family_.level));
    one.finding.explanation = explain_duet(one);
    one.finding.advice = advise_duet(one, family_.level, *run_.duet);
    comparison.findings.push_back(one.finding);
  }
  sort_findings(comparison.findings, stages);
  const metrics::Duet& duet = *run_.duet;
  comparison.info = {.base = duet.base,
                     .head = duet.head,
                     .rate = duet.rate,
                     .epochs = static_cast<int>(epochs_.size()),
                     .spoilt = static_cast<int>(duet.epochs.size() - epochs_.size()),
                     .most_epochs = static_cast<int>(duet.most_epochs),
                     .is_fixed = duet.is_fixed,
                     .restarts = duet.restart != plan::Restart::never,
                     .epoch_length = duet.epoch_length,
                     .length = run_.info.length,
                     .looks = std::move(looks_),
                     .remarks = duet_remarks(run_, requests_, guard_),
                     .base_died = base_died(duet),
                     .head_died = head_died(duet)};
  comparison.is_over = is_over_;
  return comparison;
}

std::string died(const metrics::Duet& duet, metrics::EpochSide metrics::Epoch::*side) {
  for (const metrics::Epoch& epoch : duet.epochs) {
    if (!(epoch.*side).died.empty()) return (epoch.*side).died;
  }
  return {};
}

}  // namespace

DuetComparison compare_sides(const metrics::RunResult& run, LookNow last) {
  Replay replay(run);
  replay.look_as_planned();
  if (last == LookNow::yes) replay.look_once_more();
  return replay.take();
}

std::string base_died(const metrics::Duet& duet) { return died(duet, &metrics::Epoch::base); }
std::string head_died(const metrics::Duet& duet) { return died(duet, &metrics::Epoch::head); }

}  // namespace loadgate::gate
