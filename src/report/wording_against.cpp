// What a run was compared with, in words.

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kCommitLength = 10;
constexpr std::size_t kCommitsShown = 3;

// "2026-11-22" of "2026-11-22T03:04:05Z".
std::string day_of(std::string_view date) { return std::string(date.substr(0, date.find('T'))); }

std::string commits_text(const std::vector<std::string>& commits) {
  if (commits.empty()) return {};
  std::string text = commits.size() == 1 ? "commit " : "commits ";
  for (std::size_t i = 0; i < std::min(commits.size(), kCommitsShown); ++i) {
    if (i > 0) text += ", ";
    text += truncated(commits[i], kCommitLength);
  }
  if (commits.size() > kCommitsShown) {
    text += fmt::format(" and {} more", commits.size() - kCommitsShown);
  }
  return text;
}

}  // namespace

Against against_of(const gate::Verdict& verdict) {
  return verdict.duet ? Against::base_build : Against::stored_runs;
}

std::string_view opponent_of(Against against) {
  return against == Against::base_build ? "the base build" : "the baseline";
}

std::string_view units_title(Against against) {
  return against == Against::base_build ? "epochs" : "baseline runs";
}

int units_of(const gate::ComparisonFinding& finding, Against against) {
  return against == Against::base_build ? finding.epochs : finding.baseline_runs;
}

std::string compared_with(const gate::BaselineInfo& baseline, const metrics::Environment& machine) {
  std::string text = fmt::format("{} of {} in {}", baseline.runs_matching,
                                 count_of(static_cast<std::uint64_t>(baseline.runs_found), "run"),
                                 baseline.folder);
  if (baseline.runs_matching == 0) return text;
  text += baseline.is_same_boot
              ? std::string(", of this boot")
              : ", " + count_of(static_cast<std::uint64_t>(baseline.units), "boot");
  if (!baseline.oldest.empty()) {
    const std::string first = day_of(baseline.oldest);
    const std::string last = day_of(baseline.newest);
    text += ", " + first;
    if (last != first) text += " to " + last;
  }
  const std::string commits = commits_text(baseline.commits);
  if (!commits.empty()) text += ", " + commits;
  return text + ", on " + machine.text();
}

std::string compared_with(const gate::DuetInfo& duet) {
  if (duet.most_epochs == 0) return {};
  std::string text = fmt::format(
      "{} of {} of {}, {}, {}/s for each side, base: {}", duet.epochs,
      count_of(static_cast<std::uint64_t>(duet.most_epochs), "epoch"),
      seconds_text(duet.epoch_length),
      duet.restarts ? "each build started anew in each" : "both builds running all the while",
      rate_text(duet.rate), duet.base);
  if (!duet.head.empty()) text += ", head: " + duet.head;
  return text;
}

std::string death_text(const gate::DuetInfo& duet) {
  return duet.head_died.empty() ? "" : "the head build died under load: " + duet.head_died;
}

std::string uncompared_text(const gate::Verdict& verdict) {
  const bool is_asked = verdict.duet || verdict.baseline;
  const bool is_compared =
      std::any_of(verdict.comparisons.begin(), verdict.comparisons.end(),
                  [](const auto& finding) { return finding.weight != gate::Weight::shown; });
  if (!is_asked || is_compared) return {};
  if (verdict.baseline && !verdict.baseline->note.empty()) return verdict.baseline->note;
  return verdict.sentence;
}

}  // namespace loadgate::report
