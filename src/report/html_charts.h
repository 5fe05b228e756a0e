#pragma once

// A timeline as the page shows it: words, units and classes of its curves, which the still
// charts and the script's data share. Pure, any thread.

#include <string>
#include <string_view>

#include "gate/timeline.h"

namespace loadgate::report {

struct ChartLook {
  std::string_view id;     // "p95"
  std::string_view title;  // "Response time, p95"
  std::string_view unit;   // Of the data's numbers: "ms"; empty for counts.
  double scale = 1;        // From the metric's unit to that.
};
const ChartLook& look_of(gate::Charted what);
std::string level_text(gate::Charted what, double level);  // "8.10 ms", "43 %"

// The class that colours a curve: "base", "head", "asked", "machine", "generator", "second".
std::string kind_of(const gate::Curve& curve, const gate::Chart& chart);
std::string name_of(const gate::Curve& curve, const gate::Chart& chart);  // "service, base"

// What charts are drawn up to: all levels, and limits where they are not far above.
double highest_of(const gate::Chart& chart);

// Of all charts, for `<script type="application/json">`: "<", ">" and "&" of names, and what is
// not ASCII, are written as escapes.
std::string chart_data(const gate::Timeline& timeline);

}  // namespace loadgate::report
