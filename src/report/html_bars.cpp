#include "report/html_bars.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace loadgate::report {
namespace {

constexpr int kBarHeight = 20;
constexpr int kRowHeight = 28;
constexpr double kHeadroom = 1.04;  // So that the longest bar and the limit stay inside.

std::string unit_text(double value) { return fmt::format("{:.1f}", value); }

// The largest value that has to fit; 1 where there is none, so that nothing divides by zero.
double largest(const BarChart& chart) {
  double most = chart.limit.value_or(0);
  for (const BarChart::Bar& bar : chart.bars) most = std::max(most, bar.value);
  if (chart.interval) most = std::max(most, chart.interval->second);
  return std::isfinite(most) && most > 0 ? most * kHeadroom : 1;
}

}  // namespace

Fields bar_chart(const BarChart& chart) {
  const double scale = kBarSpan / largest(chart);
  const auto place = [&](double value) {
    const double x = value * scale;
    return unit_text(std::isfinite(x) ? std::clamp(x, 0.0, kBarSpan) : 0);
  };
  Fields fields;
  std::vector<Fields> bars;
  int top = 0;
  for (const BarChart::Bar& bar : chart.bars) {
    bars.push_back(Fields()
                       .text("kind", bar.kind)
                       .text("top", std::to_string(top))
                       .text("length", place(bar.value))
                       .text("thickness", std::to_string(kBarHeight)));
    top += kRowHeight;
  }
  const int middle = top - kRowHeight + kBarHeight / 2;
  std::vector<Fields> limits;
  if (chart.limit) {
    limits.push_back(Fields().text("x", place(*chart.limit)).text("end", std::to_string(top)));
  }
  std::vector<Fields> whiskers;
  if (chart.interval) {
    whiskers.push_back(Fields()
                           .text("from", place(chart.interval->first))
                           .text("to", place(chart.interval->second))
                           .text("middle", std::to_string(middle))
                           .text("upper", std::to_string(middle - 4))
                           .text("lower", std::to_string(middle + 4)));
  }
  return fields.text("bar_title", chart.title)
      .text("height", std::to_string(top))
      .list("bars", std::move(bars))
      .list("limits", std::move(limits))
      .list("whiskers", std::move(whiskers));
}

Fields stacked_bar(const std::vector<BarChart::Bar>& parts, double whole) {
  const double scale = whole > 0 ? kBarSpan / whole : 0;
  std::vector<Fields> pieces;
  double x = 0;
  for (const BarChart::Bar& part : parts) {
    const double length = std::clamp(part.value * scale, 0.0, kBarSpan - x);
    if (length <= 0) continue;
    pieces.push_back(
        Fields().text("kind", part.kind).text("x", unit_text(x)).text("length", unit_text(length)));
    x += length;
  }
  return Fields().list("pieces", std::move(pieces));
}

}  // namespace loadgate::report
