#include "report/console_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "base/units.h"
#include "report/console_page.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kFailuresShown = 10;

Tone tone_of(gate::Conclusion conclusion) {
  const std::string_view sign = sign_of(conclusion);
  if (sign == sign_of(gate::Outcome::pass)) return Tone::good;
  return sign == sign_of(gate::Outcome::inconclusive) ? Tone::doubtful : Tone::bad;
}

// The gate's sentences begin with the headline; it is painted in its place.
void write_verdict(Page& page, const gate::Summary& summary) {
  const gate::Conclusion conclusion = summary.verdict.conclusion;
  const std::string_view headline = headline_of(conclusion);
  const std::string banner =
      painted(fmt::format("{} {}", sign_of(conclusion), headline), tone_of(conclusion), page.color);
  const std::string sentence = terminal_line(summary.verdict.sentence, kLongestSentence);
  const std::string lines = wrapped(sentence, 2, page.prose());
  page.text += sentence.starts_with(headline) ? banner + lines.substr(2 + headline.size())
                                              : banner + "\n" + lines;
  if (!summary.info.aborted.empty()) page.sentence("Stopped early: " + summary.info.aborted);
}

void write_thresholds(Page& page, const std::vector<gate::ThresholdFinding>& findings) {
  if (findings.empty()) return;
  page.heading("Thresholds");
  TextTable table({{"", Align::left}, {"", Align::left}, {"", Align::right}}, 1);
  for (const gate::ThresholdFinding& finding : findings) {
    std::string name = name_of(finding.threshold);
    if (!finding.stage.empty()) name += " in " + finding.stage;
    const bool needs_reason = finding.outcome == gate::Outcome::inconclusive;
    table.add({sign_cell(finding.outcome), {shown(name)}, {measured_text(finding)}},
              needs_reason ? shown(finding.explanation) : "");
  }
  page.table(table);
}

Cell rating_cell(gate::Rating rating) {
  switch (rating) {
    case gate::Rating::optimal:
      return {"optimal", Tone::good};
    case gate::Rating::acceptable:
      return {"acceptable", Tone::doubtful};
    case gate::Rating::slow:
      return {"slow", Tone::bad};
    case gate::Rating::none:
      break;
  }
  return {"–", Tone::quiet};
}

std::string name_of(const gate::Row& row) {
  const std::string_view role = role_text(row.role);
  return shown(role.empty() ? row.request : fmt::format("{}: {}", role, row.request));
}

std::vector<Cell> row_cells(const gate::Row& row) {
  const bool has_times = row.rating != gate::Rating::none;
  const auto time = [&](Nanoseconds value) { return Cell{has_times ? ms_text(value) : "–"}; };
  return {{name_of(row)},
          {count_text(row.requests)},
          {count_text(row.failures), row.failures > 0 ? Tone::bad : Tone::plain},
          {format_share(row.error_rate)},
          time(row.mean),
          time(row.p50),
          time(row.p95),
          time(row.p99),
          time(row.max),
          {rate_text(row.per_second)},
          {format_size(row.bytes_received)},
          rating_cell(row.rating)};
}

void write_requests(Page& page, const gate::Summary& summary) {
  page.heading(summary.verdict.duet ? "Requests of head (response times in ms)"
                                    : "Requests (response times in ms)");
  TextTable table({{"request", Align::left},
                   {"requests", Align::right},
                   {"failed", Align::right},
                   {"error rate", Align::right, Need::spare},
                   {"mean", Align::right, Need::spare},
                   {"p50", Align::right},
                   {"p95", Align::right},
                   {"p99", Align::right},
                   {"max", Align::right},
                   {"per s", Align::right},
                   {"received", Align::right, Need::spare},
                   {"rating", Align::left}},
                  0);
  for (const gate::Row& row : summary.rows) table.add(row_cells(row));
  table.add(row_cells(summary.total));
  page.table(table);
}

// Beside the table of response times, where the two are not the same: in open stages.
void write_service_times(Page& page, const gate::Summary& summary) {
  TextTable table({{"request", Align::left},
                   {"p50", Align::right},
                   {"p95", Align::right},
                   {"p99", Align::right}},
                  0);
  bool has_any = false;
  for (const gate::Row& row : summary.rows) {
    if (!row.service) continue;
    has_any = true;
    table.add({{name_of(row)},
               {ms_text(row.service->p50)},
               {ms_text(row.service->p95)},
               {ms_text(row.service->p99)}});
  }
  if (!has_any) return;
  page.heading("Service times (from send, not from due; ms)");
  page.table(table);
  const metrics::Health& health = summary.health;
  if (health.dropped > 0) {
    page.sentence(fmt::format("{} of {} arrivals of the whole run found no user free.",
                              count_text(health.dropped), count_text(health.arrivals)));
  }
}

void write_services(Page& page, const gate::Summary& summary) {
  if (summary.services.empty()) return;
  page.heading("Services (CPU while the load was held)");
  TextTable table({{"service", Align::left},
                   {"CPU per request", Align::right},
                   {"CPU share", Align::right},
                   {"memory: begin", Align::right},
                   {"end", Align::right},
                   {"most", Align::right}},
                  0);
  const Against against = against_of(summary.verdict);
  for (const gate::ServiceRow& service : summary.services) {
    table.add({{shown(name_of(service, against))},
               {cpu_per_request_text(service)},
               {cpu_share_text(service)},
               {memory_text(service.memory_begin)},
               {memory_text(service.memory_end)},
               {memory_text(service.memory_max)}},
              shown(service.trouble));
  }
  page.table(table);
  if (summary.machine) page.sentence("The machine: " + machine_text(*summary.machine) + ".");
}

void write_failures(Page& page, const std::vector<gate::FailureRow>& failures) {
  if (failures.empty()) return;
  page.heading("Failures (of the whole run)");
  const std::size_t count = std::min(failures.size(), kFailuresShown);
  for (const gate::FailureRow& row : std::span(failures).first(count)) {
    page.sentence(fmt::format("{} × {} of {}", count_text(row.count),
                              terminal_line(row.kind, kLongestName), shown(row.request)));
    if (!row.samples.empty()) page.sentence(shown(row.samples.front().detail), 4);
  }
  if (failures.size() > count) {
    page.sentence(
        fmt::format("{} more in the HTML report", count_of(failures.size() - count, "kind")));
  }
}

void write_list(Page& page, std::string_view title, const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  page.heading(title);
  for (const std::string& sentence : sentences) page.item("!", sentence);
}

// Reasons of the verdict stand in the run's health too; each is said once.
std::vector<std::string> reasons_of(const gate::Summary& summary) {
  std::vector<std::string> reasons = summary.verdict.reasons;
  for (const std::string& reason : summary.health.invalid) {
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) {
      reasons.push_back(reason);
    }
  }
  return reasons;
}

// A single reason is the verdict's sentence already.
void write_reasons(Page& page, const gate::Summary& summary) {
  const std::vector<std::string> reasons = reasons_of(summary);
  const bool is_said =
      reasons.size() == 1 && summary.verdict.conclusion == gate::Conclusion::invalid;
  if (!is_said) write_list(page, "Why there is no verdict", reasons);
}

// Never wrapped: to be copied and clicked.
void write_verbatim(Page& page, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  page.heading(title);
  for (const std::string& line : lines) page.text += "  " + printable(line) + "\n";
}

// GitHub's runner obeys lines that begin with "::" behind any blanks, and "##[" anywhere
// (actions/runner, ActionCommand.cs): text from a server must not give it orders.
std::string without_runner_commands(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (at_line_start && text.substr(i, 2) == "::") out += ' ';
    if (text.substr(i, 3) == "##[") out += ' ';
    at_line_start = text[i] == '\n' || (at_line_start && text[i] == ' ');
  }
  return out;
}

void write_details(Page& page, const gate::Summary& summary) {
  write_requests(page, summary);
  write_service_times(page, summary);
  write_services(page, summary);
  write_failures(page, summary.failures);
}

void write_end(Page& page, const gate::Summary& summary, const std::vector<std::string>& paths) {
  write_list(page, "Warnings", summary.health.warnings);
  write_verbatim(page, "Reports", paths);
  if (!summary.info.command.empty()) {
    write_verbatim(page, "Run it again", {summary.info.command});
  }
}

// One part of the page, made harmless.
template <class Write>
std::string part(const ConsoleStyle& style, Write write) {
  Page page{style.color,
            std::max(kNarrowestTerminal, static_cast<std::size_t>(std::max(style.width, 0)))};
  write(page);
  return without_runner_commands(page.text);
}

std::string folded(const std::string& details) {
  return "::group::Requests, services, failures" + details + "::endgroup::\n";
}

}  // namespace

std::string render_console(const gate::Summary& summary, const std::vector<std::string>& paths,
                           const ConsoleStyle& style) {
  std::string verdict = part(style, [&](Page& page) { write_verdict(page, summary); });
  if (style.is_verdict_only) return verdict;
  const std::string findings = part(style, [&](Page& page) {
    write_reasons(page, summary);
    write_thresholds(page, summary.verdict.thresholds);
    write_against(page, summary);
  });
  const std::string details = part(style, [&](Page& page) { write_details(page, summary); });
  const std::string end = part(style, [&](Page& page) { write_end(page, summary, paths); });
  return verdict + findings + (style.folds ? folded(details) : details) + end;
}

}  // namespace loadgate::report
