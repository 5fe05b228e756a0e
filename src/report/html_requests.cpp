#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/units.h"
#include "report/html_bars.h"
#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

// A word, and dots that say the same without colour.
struct RatingLook {
  std::string_view word, dots, tone;
  int rank;  // To sort by.
};

RatingLook look_of(gate::Rating rating) {
  switch (rating) {
    case gate::Rating::optimal:
      return {"optimal", "●●●", "good", 3};
    case gate::Rating::acceptable:
      return {"acceptable", "●●○", "doubtful", 2};
    case gate::Rating::slow:
      return {"slow", "●○○", "bad", 1};
    case gate::Rating::none:
      break;
  }
  return {"no times", "○○○", "quiet", 0};
}

Fields row_fields(const gate::Row& row) {
  const RatingLook look = look_of(row.rating);
  const bool has_times = row.rating != gate::Rating::none;
  const auto time = [&](Nanoseconds value) {
    return has_times ? ms_text(value) : std::string("–");
  };
  return Fields()
      .text("request", row.request)
      .text("role", std::string(role_text(row.role)))
      .text("requests", count_text(row.requests))
      .text("failures", count_text(row.failures))
      .text("error_rate", format_share(row.error_rate))
      .flag("has_failures", row.failures > 0)
      .text("p50", time(row.p50))
      .text("p95", time(row.p95))
      .text("p99", time(row.p99))
      .text("max", time(row.max))
      .text("per_second", rate_text(row.per_second))
      .text("rating", std::string(look.word))
      .text("dots", std::string(look.dots))
      .text("rank", std::to_string(look.rank))
      .text("tone", std::string(look.tone));
}

std::vector<Fields> stages_of(const gate::Summary& summary) {
  std::vector<Fields> stages;
  for (const metrics::StageInfo& stage : summary.stages) {
    std::vector<Fields> rows;
    for (const gate::Row& row : summary.stage_rows) {
      if (row.stage == stage.name) rows.push_back(row_fields(row));
    }
    if (rows.empty()) continue;
    stages.push_back(Fields()
                         .text("name", stage.name)
                         .text("load", load_text(stage))
                         .text("judged", judged_text(stage))
                         .list("rows", std::move(rows)));
  }
  return stages;
}

struct Phase {
  const char* name;
  Nanoseconds metrics::Phases::*time;
};

constexpr std::array<Phase, 6> kPhases{{{"dns", &metrics::Phases::dns},
                                        {"connect", &metrics::Phases::connect},
                                        {"tls", &metrics::Phases::tls},
                                        {"send", &metrics::Phases::send},
                                        {"wait", &metrics::Phases::wait},
                                        {"receive", &metrics::Phases::receive}}};

double length_of(const metrics::Phases& phases) {
  double sum = 0;
  for (const Phase& phase : kPhases) sum += static_cast<double>((phases.*phase.time).count());
  return sum;
}

Fields phase_row(const gate::Row& row, double whole) {
  std::vector<BarChart::Bar> parts;
  Fields fields;
  for (const Phase& phase : kPhases) {
    const Nanoseconds time = row.mean_phases.*phase.time;
    parts.push_back({phase.name, static_cast<double>(time.count())});
    fields.text(phase.name, time.count() == 0 ? "–" : ms_text(time));
  }
  return fields.text("request", row.request)
      .text("mean", ms_text(row.mean))
      .list("bar", {stacked_bar(parts, whole)});
}

Fields header_line(const std::string& header) { return Fields().block("line", header); }

Fields message_fields(const metrics::HttpMessage& message, std::string start_line) {
  const bool is_cut = message.body_size > message.body.size();
  const std::string cut = fmt::format("the first {} of {}", format_size(message.body.size()),
                                      format_size(message.body_size));
  return Fields()
      .block("start_line", std::move(start_line))
      .list("headers", parts_of(message.headers, header_line))
      .flag("has_body", !message.body.empty())
      .block("body", message.body)
      .flag("is_cut", is_cut)
      .text("cut", is_cut ? cut : "");
}

Fields sample_fields(const metrics::FailureSample& sample) {
  std::vector<Fields> requests, responses;
  const metrics::HttpMessage& request = sample.request;
  if (!request.start_line.empty()) {
    requests.push_back(message_fields(request, request.start_line));
  }
  const metrics::HttpMessage& response = sample.response;
  if (!response.start_line.empty()) {
    responses.push_back(message_fields(response, "Status " + response.start_line));
  }
  return Fields()
      .text("at", seconds_text(sample.at))
      .text("took", format_latency(sample.response_time))
      .flag("has_detail", !sample.detail.empty())
      .text("detail", sample.detail)
      .list("request", std::move(requests))
      .list("response", std::move(responses));
}

}  // namespace

void add_requests(Fields& page, const gate::Summary& summary) {
  page.list("rows", parts_of(summary.rows, row_fields))
      .list("total", {row_fields(summary.total)})
      .text("optimal", format_duration(summary.rating_bands.optimal))
      .text("acceptable", format_duration(summary.rating_bands.acceptable))
      .list("stages", stages_of(summary));
}

void add_phases(Fields& page, const std::vector<gate::Row>& rows) {
  double whole = 0;
  for (const gate::Row& row : rows) whole = std::max(whole, length_of(row.mean_phases));
  std::vector<Fields> phases;
  for (const gate::Row& row : rows) {
    if (length_of(row.mean_phases) > 0) phases.push_back(phase_row(row, whole));
  }
  page.list("phases", std::move(phases));
}

void add_service_times(Fields& page, const std::vector<gate::Row>& rows) {
  std::vector<Fields> services;
  for (const gate::Row& row : rows) {
    if (!row.service) continue;
    services.push_back(Fields()
                           .text("request", row.request)
                           .text("service_p50", ms_text(row.service->p50))
                           .text("p50", ms_text(row.p50))
                           .text("service_p95", ms_text(row.service->p95))
                           .text("p95", ms_text(row.p95))
                           .text("service_p99", ms_text(row.service->p99))
                           .text("p99", ms_text(row.p99)));
  }
  page.list("service_times", std::move(services));
}

void add_slowest(Fields& page, const std::vector<gate::SlowRow>& slowest) {
  page.list("slowest", parts_of(slowest, [](const gate::SlowRow& row) {
              return Fields()
                  .text("request", row.request)
                  .text("kept", count_of(row.samples.size(), "sample"))
                  .text("longest", row.samples.empty()
                                       ? std::string()
                                       : format_latency(row.samples.front().response_time))
                  .list("samples", parts_of(row.samples, sample_fields));
            }));
}

void add_failures(Fields& page, const std::vector<gate::FailureRow>& failures) {
  page.list("failures", parts_of(failures, [](const gate::FailureRow& row) {
              return Fields()
                  .text("count", count_text(row.count))
                  .text("kind", row.kind)
                  .text("request", row.request)
                  .text("kept", count_of(row.samples.size(), "sample"))
                  .list("samples", parts_of(row.samples, sample_fields));
            }));
}

}  // namespace loadgate::report
