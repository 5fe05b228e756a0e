#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/units.h"
#include "report/html_lines.h"
#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

using Level = gate::ServiceRow::Level;

Fields service_row(const gate::ServiceRow& service, Against against) {
  return Fields()
      .text("name", name_of(service, against))
      .text("cpu_per_request", cpu_per_request_text(service))
      .text("cpu_share", cpu_share_text(service))
      .text("memory_begin", memory_text(service.memory_begin))
      .text("memory_end", memory_text(service.memory_end))
      .text("memory_max", memory_text(service.memory_max))
      .text("trouble", service.trouble);
}

// One of the two things that are drawn over time.
struct Trace {
  std::string_view name;
  double (*level_of)(const Level& level);
  std::string (*text_of)(double level);
};

constexpr Trace kTraces[] = {
    {"CPU share", [](const Level& level) { return level.cpu_share; },
     [](double level) { return format_share(level); }},
    {"Memory", [](const Level& level) { return static_cast<double>(level.memory); },
     [](double level) { return format_size(static_cast<std::uint64_t>(std::max(0.0, level))); }}};

LineChart::Line line_of(const gate::ServiceRow& service, const Trace& trace) {
  LineChart::Line line{service.side == metrics::Side::base ? "base" : "head", {}};
  for (const Level& level : service.levels) {
    line.points.push_back({level.at, trace.level_of(level), level.is_first});
  }
  return line;
}

// Base and head of a service share a picture.
Fields trace_of(const std::string& name, const gate::Summary& summary, const Trace& trace) {
  LineChart chart;
  chart.length = summary.info.length;
  for (const gate::ServiceRow& service : summary.services) {
    if (service.name != name) continue;
    chart.lines.push_back(line_of(service, trace));
    for (const LineChart::Point& point : chart.lines.back().points) {
      chart.highest = std::max(chart.highest, point.level);
    }
  }
  chart.title = fmt::format("{} of {}, from 0 to {}, over {}", trace.name, name,
                            trace.text_of(chart.highest), seconds_text(chart.length));
  return line_chart(chart)
      .text("trace", fmt::format("{} of {}", trace.name, name))
      .text("highest", trace.text_of(chart.highest))
      .text("length", seconds_text(chart.length));
}

std::vector<Fields> traces_of(const gate::Summary& summary) {
  std::vector<std::string> names;
  for (const gate::ServiceRow& service : summary.services) {
    const bool is_new = std::find(names.begin(), names.end(), service.name) == names.end();
    if (is_new && !service.levels.empty()) names.push_back(service.name);
  }
  std::vector<Fields> traces;
  for (const std::string& name : names) {
    for (const Trace& trace : kTraces) traces.push_back(trace_of(name, summary, trace));
  }
  return traces;
}

}  // namespace

void add_services(Fields& page, const gate::Summary& summary) {
  const Against against = against_of(summary.verdict);
  page.list("services", parts_of(summary.services,
                                 [&](const gate::ServiceRow& service) {
                                   return service_row(service, against);
                                 }))
      .list("traces", traces_of(summary))
      .flag("is_duet", against == Against::base_build);
}

}  // namespace loadgate::report
