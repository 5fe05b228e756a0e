#include "report/html_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/units.h"
#include "report/html_axis.h"
#include "report/html_lines.h"
#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr std::array<ChartLook, 8> kLooks{{{"rate", "Requests per second", "/s", 1},
                                           {"p50", "Response time, p50", "ms", 1e-6},
                                           {"p95", "Response time, p95", "ms", 1e-6},
                                           {"p99", "Response time, p99", "ms", 1e-6},
                                           {"errors", "Failed requests", "%", 100},
                                           {"users", "Users", "", 1},
                                           {"cpu", "CPU, of all cores", "%", 100},
                                           {"memory", "Memory", "MB", 1e-6}}};

constexpr std::size_t kMostTicks = 4;
constexpr double kFarAbove = 2;    // A limit that would flatten the curves is not drawn.
constexpr double kWideBand = 1.5;  // The rest of a band is cut off.

double highest_level(const gate::Chart& chart) {
  double highest = 0;
  for (const gate::Curve& curve : chart.curves) {
    for (const std::optional<double>& level : curve.levels) {
      highest = std::max(highest, level.value_or(0));
    }
  }
  return highest;
}

// Everything that is not judged is grey; where one stage ends the next begins.
std::vector<LineChart::Shade> shades_of(const gate::Timeline& timeline) {
  std::vector<LineChart::Shade> shades;
  bool is_odd = false;
  for (const gate::Stretch& stretch : timeline.stretches) {
    shades.push_back({"unheld", stretch.span.from, stretch.held.from});
    if (stretch.held.to > stretch.held.from) {
      shades.push_back({is_odd ? "held odd" : "held", stretch.held.from, stretch.held.to});
      is_odd = !is_odd;
    }
    shades.push_back({"unheld", stretch.held.to, stretch.span.to});
  }
  std::erase_if(shades, [](const LineChart::Shade& shade) { return shade.to <= shade.from; });
  return shades;
}

// The upper end of what is drawn stands for no number: it is where the axis ends.
std::vector<double> ticks_of(const gate::Chart& chart) {
  const ChartLook& look = look_of(chart.what);
  std::vector<double> ticks = level_ticks(highest_of(chart) * look.scale, kMostTicks);
  for (double& tick : ticks) tick /= look.scale;
  return ticks;
}

LineChart lines_of(const gate::Chart& chart, const gate::Timeline& timeline) {
  LineChart drawn;
  drawn.slot = timeline.slot;
  drawn.length = timeline.length();
  drawn.ticks = ticks_of(chart);
  drawn.text_of = [what = chart.what](double level) {
    return level > 0 ? level_text(what, level) : "0";
  };
  drawn.shades = shades_of(timeline);
  for (const gate::Curve& curve : chart.curves) {
    drawn.lines.push_back({kind_of(curve, chart), curve.levels, curve.low, curve.high});
  }
  for (const gate::Reference& reference : chart.references) {
    if (reference.limit > drawn.ticks.back()) continue;
    LineChart::Mark mark{reference.span.from, reference.span.to, reference.limit, reference.limit};
    if (reference.stored) mark.level = *reference.stored;
    if (!reference.stored) mark.upto.reset();
    drawn.marks.push_back(mark);
  }
  return drawn;
}

// For those who do not see the lines: from where to where each goes while the load is held.
std::string range_text(const gate::Curve& curve, const gate::Chart& chart) {
  double lowest = 0, highest = 0;
  bool is_known = false;
  for (const std::optional<double>& level : curve.levels) {
    if (!level) continue;
    lowest = is_known ? std::min(lowest, *level) : *level;
    highest = is_known ? std::max(highest, *level) : *level;
    is_known = true;
  }
  return level_text(chart.what, lowest) + " to " + level_text(chart.what, highest);
}

std::string description_of(const gate::Chart& chart, const gate::Timeline& timeline) {
  std::string text =
      fmt::format("{} over {}", look_of(chart.what).title, seconds_text(timeline.length()));
  for (const gate::Curve& curve : chart.curves) {
    text += fmt::format("{} {} {}", &curve == &chart.curves.front() ? ":" : ",",
                        name_of(curve, chart), range_text(curve, chart));
  }
  return text;
}

Fields curve_fields(const gate::Curve& curve, const gate::Chart& chart) {
  return Fields().text("kind", kind_of(curve, chart)).text("name", name_of(curve, chart));
}

Fields chart_fields(const gate::Chart& chart, const gate::Timeline& timeline) {
  const ChartLook& look = look_of(chart.what);
  LineChart drawn = lines_of(chart, timeline);
  drawn.title = description_of(chart, timeline);
  const bool has_stored =
      std::ranges::any_of(chart.references, [](const auto& one) { return one.stored.has_value(); });
  const bool has_limit =
      std::ranges::any_of(drawn.marks, [](const auto& one) { return !one.upto.has_value(); });
  return Fields()
      .text("id", std::string(look.id))
      .text("title", std::string(look.title))
      .list("lines", {line_chart(drawn)})
      .flag("has_stored", has_stored && !drawn.marks.empty())
      .flag("has_limit", has_limit)
      .list("curves", parts_of(chart.curves, [&](const gate::Curve& curve) {
              return curve_fields(curve, chart);
            }));
}

}  // namespace

const ChartLook& look_of(gate::Charted what) { return kLooks.at(static_cast<std::size_t>(what)); }

std::string level_text(gate::Charted what, double level) {
  switch (what) {
    case gate::Charted::rate:
      return rate_text(level) + "/s";
    case gate::Charted::p50:
    case gate::Charted::p95:
    case gate::Charted::p99:
      return format_latency(
          Nanoseconds(static_cast<Nanoseconds::rep>(std::clamp(level, 0.0, 4e12))));
    case gate::Charted::error_rate:
    case gate::Charted::cpu:
      return format_share(level);
    case gate::Charted::users:
      return count_text(static_cast<std::uint64_t>(std::clamp(level, 0.0, 1e9)));
    case gate::Charted::memory:
      return format_size(static_cast<std::uint64_t>(std::clamp(level, 0.0, 1e18)));
  }
  return "";
}

std::string kind_of(const gate::Curve& curve, const gate::Chart& chart) {
  if (curve.side == metrics::Side::base) return "base";
  switch (curve.source) {
    case gate::Curve::Source::asked:
      return "asked";
    case gate::Curve::Source::machine:
      return "machine";
    case gate::Curve::Source::generator:
      return "generator";
    case gate::Curve::Source::requests:
      return "head";
    case gate::Curve::Source::service:
      break;
  }
  static constexpr std::array<const char*, 4> kKinds{"head", "second", "third", "fourth"};
  std::size_t before = 0;
  for (const gate::Curve& other : chart.curves) {
    if (&other == &curve) break;
    const bool is_service = other.source == gate::Curve::Source::service;
    if (is_service && other.side == metrics::Side::head) ++before;
  }
  return kKinds.at(std::min(before, kKinds.size() - 1));
}

std::string name_of(const gate::Curve& curve, const gate::Chart& chart) {
  const char* side = curve.side == metrics::Side::base ? "base" : "head";
  const bool is_duet = std::ranges::any_of(
      chart.curves, [](const auto& one) { return one.side == metrics::Side::base; });
  switch (curve.source) {
    case gate::Curve::Source::asked:
      return "arrivals asked for";
    case gate::Curve::Source::machine:
      return "whole machine";
    case gate::Curve::Source::generator:
      return "loadgate";
    case gate::Curve::Source::service:
      return is_duet ? fmt::format("{}, {}", curve.name, side) : curve.name;
    case gate::Curve::Source::requests:
      break;
  }
  if (is_duet) return side;
  if (chart.what == gate::Charted::users) return "users";
  return chart.what == gate::Charted::error_rate ? "failed" : "measured";
}

double highest_of(const gate::Chart& chart) {
  const double level = highest_level(chart);
  double highest = level;
  for (const gate::Curve& curve : chart.curves) {
    for (const std::optional<double>& high : curve.high) {
      highest = std::max(highest, std::min(high.value_or(0), kWideBand * level));
    }
  }
  for (const gate::Reference& reference : chart.references) {
    if (reference.limit <= kFarAbove * level) highest = std::max(highest, reference.limit);
  }
  return highest;
}

void add_charts(Fields& page, const gate::Summary& summary) {
  const gate::Timeline& timeline = summary.timeline;
  page.list("charts",
            parts_of(timeline.charts,
                     [&](const gate::Chart& chart) { return chart_fields(chart, timeline); }))
      .text("slot", seconds_text(timeline.slot))
      .ours("chart_data", chart_data(timeline));
}

}  // namespace loadgate::report
