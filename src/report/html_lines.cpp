#include "report/html_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loadgate::report {
namespace {

// From 0 to `span`, without nonsense where a made-up file has it.
double placed(double value, double whole, double span) {
  const double place = whole > 0 ? value / whole * span : 0;
  return std::isfinite(place) ? std::clamp(place, 0.0, span) : 0;
}

std::string path_of(const LineChart::Line& line, const LineChart& chart) {
  std::string path;
  for (const LineChart::Point& point : line.points) {
    const double x = placed(seconds(point.at), seconds(chart.length), kLineSpan);
    const double y = kLineHeight - placed(point.level, chart.highest, kLineHeight);
    const bool begins = path.empty() || point.is_first;
    path += fmt::format("{}{:.1f} {:.1f}", begins ? 'M' : 'L', x, y);
  }
  return path;
}

}  // namespace

Fields line_chart(const LineChart& chart) {
  std::vector<Fields> lines;
  for (const LineChart::Line& line : chart.lines) {
    if (line.points.empty()) continue;
    lines.push_back(Fields().text("kind", line.kind).verbatim("path", path_of(line, chart)));
  }
  return Fields().text("line_title", chart.title).list("lines", std::move(lines));
}

}  // namespace loadgate::report
