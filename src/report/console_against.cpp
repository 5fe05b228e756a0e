#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "report/console_page.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kFindingsShown = 40;

bool is_told(const gate::ComparisonFinding& finding) {
  if (finding.weight == gate::Weight::shown) return false;
  return finding.weight == gate::Weight::deciding || finding.outcome != gate::Outcome::pass;
}

bool has_several_stages(const std::vector<gate::ComparisonFinding>& findings) {
  return std::any_of(findings.begin(), findings.end(), [&](const gate::ComparisonFinding& finding) {
    return finding.stage != findings.front().stage;
  });
}

// What rows of the table have in common.
struct TableForm {
  bool with_stage = false;
  std::size_t longest_stage = 12;
  Against against = Against::stored_runs;
};

std::vector<Cell> comparison_cells(const gate::ComparisonFinding& finding, const TableForm& form) {
  std::vector<Cell> cells = {sign_cell(finding.outcome), {shown(finding.request)}};
  if (form.with_stage) cells.push_back({terminal_line(finding.stage, form.longest_stage)});
  const Tone tone = finding.outcome == gate::Outcome::pass ? Tone::plain : tone_of(finding.outcome);
  cells.push_back({std::string(words_for(finding.metric))});
  cells.push_back({level_text(finding.metric, finding.base)});
  cells.push_back({level_text(finding.metric, finding.head)});
  cells.push_back({change_text(finding.metric, finding.change), tone});
  cells.push_back({limit_text(finding)});
  cells.push_back({interval_text(finding)});
  cells.push_back({std::to_string(units_of(finding, form.against))});
  return cells;
}

std::vector<Column> comparison_columns(const TableForm& form) {
  std::vector<Column> columns = {{"", Align::left}, {"request", Align::left}};
  if (form.with_stage) columns.push_back({"stage", Align::left});
  columns.push_back({"metric", Align::left});
  for (const char* title : {"base", "head", "change", "limit"}) {
    columns.push_back({title, Align::right});
  }
  columns.push_back({"95 % interval", Align::right, Need::spare});
  columns.push_back({std::string(units_title(form.against)), Align::right, Need::spare});
  return columns;
}

TextTable comparison_table(const std::vector<gate::ComparisonFinding>& told,
                           const TableForm& form) {
  TextTable table(comparison_columns(form), 1);
  std::string last_note;
  for (const gate::ComparisonFinding& finding : told) {
    // Said once where many rows in a line have the same reason.
    std::string note = shown(doubt_text(finding));
    table.add(comparison_cells(finding, form), note == last_note ? "" : note);
    last_note = std::move(note);
  }
  return table;
}

void write_comparisons(Page& page, const gate::Verdict& verdict) {
  const std::vector<gate::ComparisonFinding>& findings = verdict.comparisons;
  std::vector<gate::ComparisonFinding> told;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(told), is_told);
  const std::size_t untold = findings.size() - std::min(told.size(), kFindingsShown);
  if (told.size() > kFindingsShown) told.resize(kFindingsShown);
  const TableForm form = {has_several_stages(told), page.width >= kWide ? std::size_t{40} : 12,
                          against_of(verdict)};
  if (!told.empty()) page.table(comparison_table(told, form));
  if (untold > 0 && !findings.empty()) {
    page.sentence(fmt::format("{} more in the HTML report.", count_text(untold)));
  }
}

void write_duet(Page& page, const gate::Verdict& verdict) {
  page.heading("Against the base build");
  write_comparisons(page, verdict);
  const std::string compared = compared_with(*verdict.duet);
  if (!compared.empty()) page.sentence(compared + ".");
  for (const std::string& remark : verdict.duet->remarks) page.sentence(remark);
}

}  // namespace

void write_against(Page& page, const gate::Summary& summary) {
  const gate::Verdict& verdict = summary.verdict;
  if (verdict.duet) {
    write_duet(page, verdict);
    return;
  }
  if (!verdict.baseline && verdict.comparisons.empty()) return;
  page.heading("Against the baseline");
  write_comparisons(page, verdict);
  if (!verdict.baseline) return;
  page.sentence("Compared with " + compared_with(*verdict.baseline, summary.info.environment) +
                ".");
  for (const std::string& remark : verdict.baseline->remarks) page.sentence(remark);
  if (!verdict.baseline->note.empty()) page.item("?", verdict.baseline->note);
}

}  // namespace loadgate::report
