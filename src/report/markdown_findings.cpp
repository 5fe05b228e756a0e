// What was judged, as Markdown: what failed and what is undecided in sight, the rest behind
// a click.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/markdown_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

using Comparisons = std::vector<gate::ComparisonFinding>;

std::string strong(const std::string& text) { return "**" + text + "**"; }

std::string place_text(const Place& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

MarkdownPage::Row row_of(const gate::ThresholdFinding& finding) {
  const std::string name = name_in_markdown(name_of(finding.threshold));
  const bool is_missed = finding.outcome == gate::Outcome::fail;
  const std::string measured = measured_text(finding);
  return {std::string(sign_of(finding.outcome)), is_missed ? strong(name) : name,
          is_missed ? strong(measured) : measured,
          finding.stage.empty() ? "all" : name_in_markdown(finding.stage),
          name_in_markdown(place_text(finding.threshold.place))};
}

// What is to be seen without a click.
bool is_told(const gate::ComparisonFinding& finding) {
  return finding.weight != gate::Weight::shown && finding.outcome != gate::Outcome::pass;
}

// p is of the test that head is worse than the limit allows; where nothing was tested
// there is none.
std::string sureness(const gate::ComparisonFinding& finding) {
  if (finding.weight == gate::Weight::shown) return "–";
  return fmt::format("{}, p {}", interval_text(finding), p_text(finding.p_adjusted));
}

MarkdownPage::Row row_of(const gate::ComparisonFinding& finding) {
  const bool is_worse = finding.outcome == gate::Outcome::fail;
  const std::string metric(words_for(finding.metric));
  const std::string change = change_text(finding.metric, finding.change);
  return {std::string(finding.weight == gate::Weight::shown ? "–" : sign_of(finding.outcome)),
          is_worse ? strong(metric) : metric,
          name_in_markdown(finding.request),
          name_in_markdown(finding.stage),
          level_text(finding.metric, finding.base),
          level_text(finding.metric, finding.head),
          is_worse ? strong(change) : change,
          sureness(finding),
          limit_text(finding)};
}

void add_comparison_table(MarkdownPage& page, const Comparisons& findings) {
  std::vector<MarkdownPage::Row> rows;
  rows.reserve(findings.size());
  for (const gate::ComparisonFinding& finding : findings) rows.push_back(row_of(finding));
  page.table({{""},
              {"metric"},
              {"request"},
              {"stage"},
              {"base", true},
              {"head", true},
              {"change", true},
              {"95 % interval"},
              {"limit", true}},
             rows);
}

// Each reason once, however many comparisons have it.
void add_doubts(MarkdownPage& page, const Comparisons& findings) {
  std::vector<std::string> doubts;
  for (const gate::ComparisonFinding& finding : findings) {
    std::string doubt = doubt_text(finding);
    if (doubt.empty() || std::find(doubts.begin(), doubts.end(), doubt) != doubts.end()) continue;
    doubts.push_back(std::move(doubt));
  }
  add_sentences(page, "?", doubts);
}

void add_comparisons(MarkdownPage& page, const Comparisons& findings) {
  Comparisons told, rest;
  std::partition_copy(findings.begin(), findings.end(), std::back_inserter(told),
                      std::back_inserter(rest), is_told);
  add_comparison_table(page, told);
  add_doubts(page, told);
  if (rest.empty()) return;
  page.fold(fmt::format("{} that held, or {} only shown", count_of(rest.size(), "comparison"),
                        rest.size() == 1 ? "is" : "are"),
            [&] { add_comparison_table(page, rest); });
}

void add_duet(MarkdownPage& page, const gate::Verdict& verdict) {
  page.add("\n### Against the base build\n");
  add_comparisons(page, verdict.comparisons);
  const std::string compared = compared_with(*verdict.duet);
  if (!compared.empty()) {
    page.add(fmt::format("\nCompared over {}.\n", sentence_in_markdown(compared)));
  }
  add_sentences(page, "·", verdict.duet->remarks);
}

void add_stored(MarkdownPage& page, const gate::Summary& summary) {
  page.add("\n### Against the baseline\n");
  add_comparisons(page, summary.verdict.comparisons);
  if (!summary.verdict.baseline) return;
  const gate::BaselineInfo& baseline = *summary.verdict.baseline;
  page.add(fmt::format("\nCompared with {}.\n",
                       sentence_in_markdown(compared_with(baseline, summary.info.environment))));
  add_sentences(page, "·", baseline.remarks);
  if (!baseline.note.empty()) add_sentences(page, "?", {baseline.note});
}

}  // namespace

void add_thresholds(MarkdownPage& page, const std::vector<gate::ThresholdFinding>& findings) {
  if (findings.empty()) return;
  page.add("\n### Thresholds\n");
  std::vector<MarkdownPage::Row> rows;
  std::vector<std::string> doubts;
  for (const gate::ThresholdFinding& finding : findings) {
    rows.push_back(row_of(finding));
    if (finding.outcome == gate::Outcome::inconclusive) doubts.push_back(finding.explanation);
  }
  page.table({{""}, {"threshold"}, {"measured", true}, {"stage"}, {"in the plan"}}, rows);
  add_sentences(page, "?", doubts);
}

void add_against(MarkdownPage& page, const gate::Summary& summary) {
  const gate::Verdict& verdict = summary.verdict;
  if (verdict.duet) return add_duet(page, verdict);
  if (verdict.baseline || !verdict.comparisons.empty()) add_stored(page, summary);
}

}  // namespace loadgate::report
