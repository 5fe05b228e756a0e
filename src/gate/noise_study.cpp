#include "gate/noise_study.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/random.h"
#include "gate/comparison_case.h"
#include "gate/duet_comparison.h"
#include "gate/duet_looks.h"
#include "gate/duet_units.h"
#include "gate/statistics.h"

namespace loadgate::gate {
namespace {

constexpr double kSmallestSpread = 0.01;  // As the verdict's.
constexpr double kPassChance = 1.645;     // Of the normal distribution: 95 % of A/A duets.
constexpr double kStep = 0.05;            // Of proposals, so that people can say them.

metrics::Epoch drawn(const metrics::Epoch& epoch, std::uint32_t number, bool is_flipped) {
  metrics::Epoch copy = epoch;
  copy.number = number;
  if (!is_flipped) return copy;
  std::swap(copy.base, copy.head);
  for (metrics::Series& series : copy.base.series) series.key.side = metrics::Side::base;
  for (metrics::Series& series : copy.head.series) series.key.side = metrics::Side::head;
  return copy;
}

// The epochs that count and that both sides lived through, without what the gate does not
// look at: one that died says nothing of noise, and each drawn duet would end with it.
std::vector<metrics::Epoch> lean_epochs(const metrics::Duet& duet) {
  std::vector<metrics::Epoch> lean;
  for (const metrics::Epoch* epoch : epochs_that_count(duet)) {
    if (!epoch->base.died.empty() || !epoch->head.died.empty()) continue;
    lean.push_back(*epoch);
    for (metrics::EpochSide* side : {&lean.back().base, &lean.back().head}) {
      for (metrics::Series& series : side->series) series.all = {};
    }
  }
  return lean;
}

// As a duet goes: an epoch, then the question whether that is enough.
void run_until_decided(const std::vector<metrics::Epoch>& epochs, Random& random,
                       metrics::RunResult& run) {
  metrics::Duet& duet = *run.duet;
  duet.epochs.clear();
  for (std::uint32_t number = 0; number < duet.most_epochs; ++number) {
    const metrics::Epoch& epoch = epochs[random.below(epochs.size())];
    duet.epochs.push_back(drawn(epoch, number, random.below(2) == 1));
    if (is_decided(run)) return;
  }
}

bool has_failed(const DuetComparison& gate) {
  return std::any_of(gate.findings.begin(), gate.findings.end(),
                     [](const auto& one) { return one.outcome == Outcome::fail; });
}

bool is_inconclusive(const DuetComparison& gate) {
  return std::any_of(gate.findings.begin(), gate.findings.end(), [](const auto& one) {
    return one.weight == Weight::deciding && one.outcome == Outcome::inconclusive;
  });
}

// Of the mean over a duet of the longest kind.
double error_of(double spread) {
  return std::max(spread, kSmallestSpread) / std::sqrt(static_cast<double>(kMostEpochs));
}

// Sums of the variance in an epoch, a summand for each gate.
class Spreads {
 public:
  void add(const DuetComparison& gate) {
    if (gate.info.looks.empty()) return;
    const Look& look = gate.info.looks.back();
    comparisons_ = std::max(comparisons_, look.comparisons.size());
    for (const Looked& one : look.comparisons) {
      if (one.metric == ComparedMetric::error_rate || one.error <= 0) continue;
      Sum& sum = sum_of(one);
      sum.variance += one.error * one.error * look.epochs;
      ++sum.gates;
    }
  }

  // `findings` give the order, levels and weights.
  std::vector<NoiseOf> noise(const std::vector<ComparisonFinding>& findings,
                             const plan::GateRules& rules) const {
    const auto looks = static_cast<double>(planned_looks(kMostEpochs).size());
    const double level = (1 - rules.confidence) / looks /
                         static_cast<double>(std::max<std::size_t>(1, comparisons_));
    const double t = t_quantile(1 - level, kMostEpochs - 1);
    std::vector<NoiseOf> noise;
    for (const ComparisonFinding& finding : findings) {
      const auto found = std::find_if(sums_.begin(), sums_.end(), [&](const Sum& sum) {
        return sum.request == finding.request && sum.metric == finding.metric;
      });
      if (found == sums_.end()) continue;
      const double spread = std::sqrt(found->variance / found->gates);
      const double sees = std::max(t * error_of(spread), std::log1p(finding.fail_line));
      noise.push_back({finding.request, finding.metric, finding.weight, finding.base,
                       std::expm1(spread), std::expm1(sees)});
    }
    return noise;
  }

 private:
  struct Sum {
    std::string request;
    ComparedMetric metric;
    double variance = 0;
    int gates = 0;
  };

  Sum& sum_of(const Looked& one) {
    const auto found = std::find_if(sums_.begin(), sums_.end(), [&](const Sum& sum) {
      return sum.request == one.request && sum.metric == one.metric;
    });
    if (found != sums_.end()) return *found;
    sums_.push_back({one.request, one.metric});
    return sums_.back();
  }

  std::vector<Sum> sums_;
  std::size_t comparisons_ = 0;
};

// What nearly every duet of one build with itself would pass, of all that decides.
std::vector<Proposal> proposals_of(const std::vector<NoiseOf>& noise,
                                   const plan::GateRules& rules) {
  std::vector<Proposal> proposals;
  const double t = t_quantile(kIntervalQuantile, kMostEpochs - 1);
  for (const ComparedMetric metric :
       {ComparedMetric::cpu_per_request, ComparedMetric::p50, ComparedMetric::p95}) {
    double needed = 0;
    for (const NoiseOf& one : noise) {
      if (one.metric != metric || one.weight != Weight::deciding) continue;
      const double line = std::expm1((t + kPassChance) * error_of(std::log1p(one.spread)));
      needed = std::max(needed, std::ceil(line / kStep) * kStep);
    }
    if (needed > 0) proposals.push_back({metric, detect_of(metric, rules.duet), needed});
  }
  return proposals;
}

}  // namespace

NoiseStudy study_noise(const metrics::RunResult& run, int gates, std::uint64_t seed) {
  const std::vector<metrics::Epoch> epochs = lean_epochs(*run.duet);
  const plan::GateRules& rules = run.judging.gate;
  metrics::RunResult drawn_run = run;
  drawn_run.series.clear();
  drawn_run.duet->most_epochs = kMostEpochs;

  NoiseStudy study;
  study.epochs = static_cast<int>(epochs.size());
  if (epochs.empty()) return study;
  study.gates = gates;
  Spreads spreads;
  std::vector<double> lengths;
  for (int gate = 0; gate < gates; ++gate) {
    Random random = Random::stream(seed, static_cast<std::uint64_t>(gate));
    run_until_decided(epochs, random, drawn_run);
    const DuetComparison judged = compare_sides(drawn_run, LookNow::yes);
    lengths.push_back(static_cast<double>(drawn_run.duet->epochs.size()));
    spreads.add(judged);
    const bool failed = has_failed(judged);
    study.failed += failed ? 1 : 0;
    study.inconclusive += !failed && is_inconclusive(judged) ? 1 : 0;
  }
  study.median_epochs = median(lengths);
  const double worth = std::max(1.0, std::floor(study.epochs / mean(lengths)));
  const double hits = std::round(worth * study.failed / gates);
  const Range limits = clopper_pearson(hits, worth, 0.95);
  study.fail_low = limits.low;
  study.fail_high = limits.high;
  study.noise = spreads.noise(compare_sides(run, LookNow::yes).findings, rules);
  study.proposals = proposals_of(study.noise, rules);
  return study;
}

}  // namespace loadgate::gate
