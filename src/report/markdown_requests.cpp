// What was measured, as Markdown: requests, services, failures with a sample of each kind.

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/units.h"
#include "report/markdown_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kSamplesShown = 10;  // Kinds of failures of which one is shown whole.
constexpr std::size_t kLongestSample = 2000;

enum class NameStage : std::uint8_t { no, yes };

MarkdownPage::Row row_of(const gate::Row& row, NameStage stage) {
  const bool has_times = row.rating != gate::Rating::none;
  const auto time = [&](Nanoseconds value) { return has_times ? ms_text(value) : "–"; };
  const std::string_view role = role_text(row.role);
  MarkdownPage::Row cells;
  if (stage == NameStage::yes) cells.push_back(name_in_markdown(row.stage));
  for (std::string cell :
       {name_in_markdown(role.empty() ? row.request : fmt::format("{}: {}", role, row.request)),
        count_text(row.requests), count_text(row.failures), format_share(row.error_rate),
        time(row.p50), time(row.p95), time(row.p99), time(row.max), rate_text(row.per_second),
        std::string(has_times ? name_of(row.rating) : "–")}) {
    cells.push_back(std::move(cell));
  }
  return cells;
}

void add_request_table(MarkdownPage& page, std::span<const gate::Row> rows, NameStage stage) {
  std::vector<MarkdownPage::Column> columns = {
      {"request"},   {"requests", true}, {"failed", true}, {"error rate", true}, {"p50", true},
      {"p95", true}, {"p99", true},      {"max", true},    {"per s", true},      {"rating"}};
  if (stage == NameStage::yes) columns.insert(columns.begin(), {"stage"});
  std::vector<MarkdownPage::Row> cells;
  cells.reserve(rows.size());
  for (const gate::Row& row : rows) cells.push_back(row_of(row, stage));
  page.table(columns, cells);
}

bool has_several_stages(const std::vector<gate::Row>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const gate::Row& row) { return row.stage != rows.front().stage; });
}

// Both sides of the first failure of a kind.
void add_sample(MarkdownPage& page, const gate::FailureRow& row) {
  const metrics::FailureSample& sample = row.samples.front();
  std::string text = sample.request.start_line;
  if (!sample.response.start_line.empty()) text += "\n\n" + sample.response.start_line;
  for (const std::string& header : sample.response.headers) text += '\n' + header;
  if (!sample.response.body.empty()) text += "\n\n" + sample.response.body;
  if (text.empty()) return;
  page.add(fmt::format("\n{} × {} of {}\n\n{}", count_text(row.count), name_in_markdown(row.kind),
                       name_in_markdown(row.request), markdown_code(text, "text", kLongestSample)));
}

}  // namespace

void add_requests(MarkdownPage& page, const gate::Summary& summary) {
  page.add(fmt::format("\n### Requests{} (response times in ms)\n",
                       summary.verdict.duet ? " of head" : ""));
  std::vector<gate::Row> rows = summary.rows;
  rows.push_back(summary.total);
  add_request_table(page, rows, NameStage::no);
  if (!has_several_stages(summary.stage_rows)) return;
  page.fold("Stage by stage", [&] { add_request_table(page, summary.stage_rows, NameStage::yes); });
}

void add_services(MarkdownPage& page, const gate::Summary& summary) {
  if (summary.services.empty()) return;
  page.add("\n### Services\n");
  const Against against = against_of(summary.verdict);
  std::vector<MarkdownPage::Row> rows;
  std::vector<std::string> troubles;
  for (const gate::ServiceRow& service : summary.services) {
    rows.push_back({name_in_markdown(name_of(service, against)), cpu_per_request_text(service),
                    cpu_share_text(service), memory_text(service.memory_begin),
                    memory_text(service.memory_end), memory_text(service.memory_max)});
    if (!service.trouble.empty()) troubles.push_back(service.name + ": " + service.trouble);
  }
  page.table({{"service"},
              {"CPU per request", true},
              {"CPU share", true},
              {"memory: begin", true},
              {"end", true},
              {"most", true}},
             rows);
  add_sentences(page, "!", troubles);
  if (summary.machine) {
    page.add(fmt::format("\nThe machine: {}.\n", machine_text(*summary.machine)));
  }
}

void add_failures(MarkdownPage& page, const std::vector<gate::FailureRow>& failures) {
  if (failures.empty()) return;
  page.add("\n### Failures of the whole run\n");
  std::vector<MarkdownPage::Row> rows;
  rows.reserve(failures.size());
  for (const gate::FailureRow& row : failures) {
    rows.push_back({count_text(row.count), name_in_markdown(row.kind),
                    name_in_markdown(row.request),
                    row.samples.empty() ? "" : name_in_markdown(row.samples.front().detail)});
  }
  page.table({{"times", true}, {"what"}, {"request"}, {"for example"}}, rows);
  page.fold("The first of each kind", [&] {
    for (const gate::FailureRow& row :
         std::span(failures).first(std::min(failures.size(), kSamplesShown))) {
      if (!row.samples.empty()) add_sample(page, row);
    }
  });
}

}  // namespace loadgate::report
