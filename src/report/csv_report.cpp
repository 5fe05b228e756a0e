// table.csv: a row for each request of each stage, all numbers of it, for spreadsheets and
// data frames. RFC 4180: commas, CRLF, one line of names, text in quotes; UTF-8.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/foreign_text.h"
#include "report/formats.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kLongestName = 1000;

constexpr std::array kCompared = {gate::ComparedMetric::cpu_per_request,
                                  gate::ComparedMetric::p50,
                                  gate::ComparedMetric::p95,
                                  gate::ComparedMetric::p99,
                                  gate::ComparedMetric::error_rate,
                                  gate::ComparedMetric::throughput};

// Spreadsheets compute what begins like a formula, and some of them run commands for it
// (OWASP, "CSV Injection"): an apostrophe before it makes it text.
std::string quoted(std::string_view foreign) {
  std::string text = terminal_line(foreign, kLongestName);
  if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos) {
    text.insert(text.begin(), '\'');
  }
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

// Never an exponent; empty where there is no number.
std::string number(double value) {
  if (!std::isfinite(value)) return {};
  std::string text = fmt::format("{:.6f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string ms_number(Nanoseconds time) { return number(milliseconds(time)); }

using Cells = std::vector<std::string>;

const std::vector<std::string>& measured_titles() {
  static const std::vector<std::string> titles = {
      "role",           "judged",         "requests",   "failures",       "error_rate",
      "p50_ms",         "p95_ms",         "p99_ms",     "max_ms",         "mean_ms",
      "per_second",     "bytes_received", "dns_ms",     "connect_ms",     "tls_ms",
      "send_ms",        "wait_ms",        "receive_ms", "service_p50_ms", "service_p95_ms",
      "service_p99_ms", "rating"};
  return titles;
}

// Empty where a request got no whole answer.
void add_times(Cells& cells, const gate::Row& row) {
  const bool has_times = row.rating != gate::Rating::none;
  for (const Nanoseconds time : {row.p50, row.p95, row.p99, row.max, row.mean}) {
    cells.push_back(has_times ? ms_number(time) : "");
  }
}

void add_measured(Cells& cells, const gate::Row& row) {
  cells.emplace_back(role_name(row.role));
  cells.push_back(row.is_judged ? "yes" : "no");
  cells.push_back(std::to_string(row.requests));
  cells.push_back(std::to_string(row.failures));
  cells.push_back(number(row.error_rate));
  add_times(cells, row);
  cells.push_back(number(row.per_second));
  cells.push_back(std::to_string(row.bytes_received));
  const metrics::Phases& phases = row.mean_phases;
  for (const Nanoseconds phase :
       {phases.dns, phases.connect, phases.tls, phases.send, phases.wait, phases.receive}) {
    cells.push_back(ms_number(phase));
  }
  const gate::Row::ServiceTimes service = row.service.value_or(gate::Row::ServiceTimes{});
  for (const Nanoseconds time : {service.p50, service.p95, service.p99}) {
    cells.push_back(row.service ? ms_number(time) : "");
  }
  cells.emplace_back(name_of(row.rating));
}

std::vector<std::string> compared_titles() {
  std::vector<std::string> titles;
  for (const gate::ComparedMetric metric : kCompared) {
    const std::string_view unit = gate::is_time(metric) ? "_ms" : "";
    const std::string_view name = gate::name_of(metric);
    titles.push_back(fmt::format("{}_base{}", name, unit));
    titles.push_back(fmt::format("{}_head{}", name, unit));
    for (const char* what : {"change", "change_low", "change_high", "limit", "p", "outcome"}) {
      titles.push_back(fmt::format("{}_{}", name, what));
    }
  }
  return titles;
}

void add_compared(Cells& cells, const gate::ComparisonFinding& finding) {
  const double scale = gate::is_time(finding.metric) ? 1e-6 : 1;
  for (const double value :
       {finding.base * scale, finding.head * scale, finding.change, finding.change_low,
        finding.change_high, finding.fail_line, finding.p_adjusted}) {
    cells.push_back(number(value));
  }
  cells.emplace_back(finding.weight == gate::Weight::shown ? "shown"
                                                           : gate::name_of(finding.outcome));
}

class Table {
 public:
  explicit Table(const gate::Summary& summary) : summary_(summary) {
    std::vector<std::string> titles = {"plan", "stage", "request"};
    for (const auto& more : {measured_titles(), compared_titles()}) {
      titles.insert(titles.end(), more.begin(), more.end());
    }
    write(titles);
  }

  std::string take() {
    for (const gate::Row& row : summary_.rows) add(row.stage, row.request, &row);
    add(summary_.total.stage, summary_.total.request, &summary_.total);
    for (const gate::Row& row : summary_.stage_rows) add(row.stage, row.request, &row);
    for (const gate::ComparisonFinding& finding : summary_.verdict.comparisons) {
      if (!is_added(finding)) add(finding.stage, finding.request, nullptr);
    }
    return std::move(text_);
  }

 private:
  void add(const std::string& stage, const std::string& request, const gate::Row* row) {
    added_.emplace_back(stage, request);
    Cells cells = {quoted(summary_.info.plan_name), quoted(stage), quoted(request)};
    if (row != nullptr) {
      add_measured(cells, *row);
    } else {
      cells.resize(cells.size() + measured_titles().size());
    }
    const auto& findings = summary_.verdict.comparisons;
    for (const gate::ComparedMetric metric : kCompared) {
      const auto found = std::find_if(findings.begin(), findings.end(), [&](const auto& one) {
        return one.metric == metric && one.stage == stage && one.request == request;
      });
      if (found != findings.end()) {
        add_compared(cells, *found);
      } else {
        cells.resize(cells.size() + 8);
      }
    }
    write(cells);
  }

  bool is_added(const gate::ComparisonFinding& finding) const {
    return std::find(added_.begin(), added_.end(), std::pair(finding.stage, finding.request)) !=
           added_.end();
  }

  void write(const Cells& cells) { text_ += fmt::format("{}\r\n", fmt::join(cells, ",")); }

  const gate::Summary& summary_;
  std::vector<std::pair<std::string, std::string>> added_;
  std::string text_;
};

class CsvReport final : public Report {
 public:
  std::string render(const Material& material) const override {
    return Table(*material.summary).take();
  }
};

}  // namespace

std::unique_ptr<Report> make_csv_report() { return std::make_unique<CsvReport>(); }

}  // namespace loadgate::report
