#include "report/html_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "report/html_axis.h"

namespace loadgate::report {
namespace {

constexpr double kTop = 14;  // Above the plot, for the highest level's label.
constexpr std::size_t kMostTimes = 6;

// From 0 to `span`, without nonsense where a made-up file has it.
double placed(double value, double whole, double span) {
  const double place = whole > 0 ? value / whole * span : 0;
  return std::isfinite(place) ? std::clamp(place, 0.0, span) : 0;
}

class Plot {
 public:
  explicit Plot(const LineChart& chart) : chart_(chart) {}

  std::string point(std::size_t slot, double level) const {
    const double middle = (static_cast<double>(slot) + 0.5) * seconds(chart_.slot);
    return fmt::format("{:.1f} {:.1f}", placed(middle, seconds(chart_.length), kLinesSpan),
                       height(level));
  }
  double percent(Nanoseconds at) const { return placed(seconds(at), seconds(chart_.length), 100); }
  double height(double level) const {
    return kLinesHeight - placed(level, chart_.ticks.back(), kLinesHeight);
  }
  std::string pixels(double level) const { return fmt::format("{:.1f}", kTop + height(level)); }

 private:
  const LineChart& chart_;
};

std::string text_of(double percent) { return fmt::format("{:.2f}", percent); }

// A lone level is a point: a round cap shows a line without length.
std::string path_of(const LineChart::Levels& levels, const Plot& plot) {
  std::string path;
  bool begins = true;
  for (std::size_t slot = 0; slot < levels.size(); ++slot) {
    if (levels[slot]) {
      const std::string point = plot.point(slot, *levels[slot]);
      if (begins) path.append("M").append(point);
      path.append("L").append(point);
    }
    begins = !levels[slot];
  }
  return path;
}

// Along the upper edge of a piece without gaps, and back along the lower one.
std::string piece_of(const LineChart::Line& line, std::size_t from, std::size_t to,
                     const Plot& plot) {
  std::string path;
  for (std::size_t slot = from; slot < to; ++slot) {
    path.append(slot == from ? "M" : "L").append(plot.point(slot, *line.high[slot]));
  }
  for (std::size_t slot = to; slot > from; --slot) {
    path.append("L").append(plot.point(slot - 1, *line.low[slot - 1]));
  }
  return path + "Z";
}

std::string band_of(const LineChart::Line& line, const Plot& plot) {
  const std::size_t slots = std::min(line.low.size(), line.high.size());
  const auto is_known = [&](std::size_t slot) {
    return slot < slots && line.low[slot] && line.high[slot];
  };
  std::string path;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    if (!is_known(slot)) continue;
    const std::size_t from = slot;
    while (is_known(slot)) ++slot;
    path += piece_of(line, from, slot, plot);
  }
  return path;
}

Fields time_fields(Nanoseconds at, const LineChart& chart, const Plot& plot) {
  const bool is_last = 50 * (chart.length - at) < chart.length;
  return Fields()
      .text("x", text_of(plot.percent(at)))
      .text("anchor", at.count() == 0 ? "start"
                      : is_last       ? "end"
                                      : "middle")
      .text("label", format_duration(at));
}

Fields level_fields(double level, const LineChart& chart, const Plot& plot) {
  return Fields()
      .text("y", plot.pixels(level))
      .text("text_y", fmt::format("{:.1f}", kTop + plot.height(level) - 3))
      .text("label", chart.text_of ? chart.text_of(level) : fmt::format("{}", level));
}

Fields shade_fields(const LineChart::Shade& shade, const Plot& plot) {
  const double from = plot.percent(shade.from), to = plot.percent(shade.to);
  return Fields()
      .text("kind", shade.kind)
      .text("x1", text_of(from))
      .text("width", text_of(std::max(0.0, to - from)));
}

Fields mark_fields(const LineChart::Mark& mark, const Plot& plot) {
  const double limit = mark.upto.value_or(mark.level);
  const double upper = std::max(mark.level, limit), lower = std::min(mark.level, limit);
  const double from = plot.percent(mark.from), to = plot.percent(mark.to);
  return Fields()
      .text("x1", text_of(from))
      .text("x2", text_of(to))
      .text("width", text_of(std::max(0.0, to - from)))
      .text("y", plot.pixels(limit))
      .text("top", plot.pixels(upper))
      .text("thickness",
            fmt::format("{:.1f}", mark.upto ? plot.height(lower) - plot.height(upper) : 0.0));
}

}  // namespace

Fields line_chart(const LineChart& chart) {
  const Plot plot(chart);
  std::vector<Fields> lines, bands;
  for (const LineChart::Line& line : chart.lines) {
    std::string band = band_of(line, plot);
    if (!band.empty()) {
      bands.push_back(Fields().text("kind", line.kind).verbatim("path", std::move(band)));
    }
    std::string path = path_of(line.levels, plot);
    if (!path.empty()) {
      lines.push_back(Fields().text("kind", line.kind).verbatim("path", std::move(path)));
    }
  }
  return Fields()
      .text("line_title", chart.title)
      .list("shades",
            parts_of(chart.shades, [&](const auto& one) { return shade_fields(one, plot); }))
      .list("marks", parts_of(chart.marks, [&](const auto& one) { return mark_fields(one, plot); }))
      .list("levels",
            parts_of(chart.ticks, [&](double level) { return level_fields(level, chart, plot); }))
      .list("times", parts_of(time_ticks(chart.length, kMostTimes),
                              [&](Nanoseconds at) { return time_fields(at, chart, plot); }))
      .list("bands", std::move(bands))
      .list("lines", std::move(lines));
}

}  // namespace loadgate::report
