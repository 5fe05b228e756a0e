#include "gate/verdict_sentence.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "gate/duet_words.h"
#include "gate/explain.h"

namespace loadgate::gate {
namespace {

std::string and_more(std::size_t all) {
  return all > 1 ? fmt::format(", and {} more", all - 1) : std::string();
}

// A sentence in the middle of another.
std::string without_stop(const std::string& sentence) {
  return sentence.ends_with('.') ? sentence.substr(0, sentence.size() - 1) : sentence;
}

std::string epochs_side_by_side(const DuetInfo& duet) {
  const auto epochs = static_cast<std::size_t>(duet.looks.empty() ? 0 : duet.looks.back().epochs);
  return counted(epochs, "epoch") + " side by side";
}

std::string regression_sentence(const Verdict& verdict) {
  if (verdict.duet && !verdict.duet->head_died.empty()) {
    return fmt::format("Regression: the head build died under load: {}.",
                       without_stop(verdict.duet->head_died));
  }
  const ComparisonFinding& worst = verdict.comparisons.front();  // They are sorted.
  return fmt::format("Regression: {} of {} {}{}{}.", words_for(worst.metric), worst.request,
                     describe_change(worst), and_more(count_of(verdict.comparisons, Outcome::fail)),
                     verdict.duet ? ", " + epochs_side_by_side(*verdict.duet) : "");
}

std::string missed_sentence(const Verdict& verdict, const metrics::RunInfo& info) {
  if (!info.aborted.empty()) {
    return fmt::format("Threshold missed: {}.", without_stop(info.aborted));
  }
  const auto first = std::find_if(verdict.thresholds.begin(), verdict.thresholds.end(),
                                  [](const auto& one) { return one.outcome == Outcome::fail; });
  return fmt::format("Threshold missed: {}{}.", without_stop(first->explanation),
                     and_more(count_of(verdict.thresholds, Outcome::fail)));
}

// The first that decides; before it what was looked at twice, because that is why.
const ComparisonFinding* first_undecided(const std::vector<ComparisonFinding>& comparisons) {
  const ComparisonFinding* first = nullptr;
  for (const ComparisonFinding& one : comparisons) {
    if (one.cause == Cause::not_confirmed) return &one;
    const bool counts = decides(one) && one.outcome == Outcome::inconclusive;
    if (counts && first == nullptr) first = &one;
  }
  return first;
}

std::string inconclusive_sentence(const Verdict& verdict) {
  if (verdict.duet && verdict.duet->looks.empty()) {
    return fmt::format("Inconclusive: {}.", too_few_epochs(*verdict.duet));
  }
  if (const ComparisonFinding* one = first_undecided(verdict.comparisons)) {
    std::string text = "Inconclusive: " + without_stop(one->explanation);
    if (!one->advice.empty()) text += "; what would settle it: " + one->advice;
    return text + ".";
  }
  for (const ThresholdFinding& one : verdict.thresholds) {
    if (one.outcome == Outcome::inconclusive) return "Inconclusive: " + one.explanation;
  }
  if (verdict.duet) {
    return "Inconclusive: no request that decides was answered on both sides; compare builds that "
           "know the requests of the plan.";
  }
  if (!verdict.baseline->note.empty()) return "Inconclusive: " + verdict.baseline->note;
  return "Inconclusive: no request that decides could be compared with the stored runs; make new "
         "ones with this load.";
}

std::string passed_sentence(const Verdict& verdict) {
  const std::size_t held = verdict.thresholds.size();
  std::vector<std::string> parts;
  if (held > 0) parts.push_back(counted(held, "threshold") + " held");
  if (verdict.baseline) {
    const auto runs = static_cast<std::size_t>(verdict.baseline->runs_matching);
    parts.push_back("no regression against " + counted(runs, "baseline run"));
  }
  if (verdict.duet) {
    parts.push_back(fmt::format("no regression against {} in {}", verdict.duet->base,
                                epochs_side_by_side(*verdict.duet)));
  }
  if (parts.empty()) return "Passed, but nothing was judged: no threshold and no baseline.";
  return fmt::format("Passed: {}.", fmt::join(parts, ", "));
}

std::string interrupted_sentence(const Verdict& verdict, const metrics::RunInfo& info) {
  const std::string after = format_duration(std::chrono::floor<std::chrono::seconds>(info.length));
  if (verdict.thresholds.empty()) return fmt::format("Interrupted after {}.", after);
  return fmt::format("Interrupted after {}: until then {} of {} held.", after,
                     count_of(verdict.thresholds, Outcome::pass),
                     counted(verdict.thresholds.size(), "threshold"));
}

}  // namespace

std::string sentence_of(const Verdict& verdict, const metrics::RunInfo& info) {
  switch (verdict.conclusion) {
    case Conclusion::passed:
      return passed_sentence(verdict);
    case Conclusion::regression:
      return regression_sentence(verdict);
    case Conclusion::threshold_missed:
      return missed_sentence(verdict, info);
    case Conclusion::inconclusive:
      return inconclusive_sentence(verdict);
    case Conclusion::interrupted:
      return interrupted_sentence(verdict, info);
    case Conclusion::invalid:
      break;
  }
  return fmt::format("Invalid run: {}{}.", without_stop(verdict.reasons.front()),
                     and_more(verdict.reasons.size()));
}

}  // namespace loadgate::gate
