#include "report/html_intervals.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/wording.h"

namespace loadgate::report {
namespace {

constexpr double kWidth = 150;
constexpr double kFrom = -2, kTo = 3.6;  // About -4 and 18 limits.
constexpr double kReach = 5;             // Of an arrow's sides.

// Even around no change and the limit; what is far from them comes closer together.
double place(double change, double limit) {
  const double limits = limit > 0 ? change / limit : 0;
  const double place = (std::asinh(limits) - kFrom) / (kTo - kFrom) * kWidth;
  return std::isfinite(place) ? std::clamp(place, 1.0, kWidth - 1) : kWidth - 1;
}

std::string text_of(double x) { return fmt::format("{:.1f}", x); }

// Where the interval goes on beyond the drawing.
std::string arrows(double low, double high) {
  std::string path;
  if (low <= 1) path += fmt::format("M{} 6L1 11L{} 16", 1 + kReach, 1 + kReach);
  if (high >= kWidth - 1) {
    path += fmt::format("M{} 6L{} 11L{} 16", kWidth - 1 - kReach, kWidth - 1, kWidth - 1 - kReach);
  }
  return path;
}

}  // namespace

Fields interval_bar(const gate::ComparisonFinding& finding) {
  const auto at = [&](double change) { return place(change, finding.fail_line); };
  const double low = at(finding.change_low), high = at(finding.change_high);
  return Fields()
      .text("interval_title", fmt::format("change {}, 95 % interval {}, limit {}",
                                          change_text(finding.metric, finding.change),
                                          interval_text(finding), limit_text(finding)))
      .text("low", text_of(low))
      .text("high", text_of(high))
      .text("change", text_of(at(finding.change)))
      .text("none", text_of(at(0)))
      .text("limit", text_of(at(finding.fail_line)))
      .text("arrows", arrows(low, high));
}

}  // namespace loadgate::report
