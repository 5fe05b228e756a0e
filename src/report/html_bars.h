#pragma once

// The geometry of bars as inline SVG, in a box of kBarSpan by kBarHeight that the page
// stretches to its width. Pure, any thread.

#include <optional>
#include <string>
#include <vector>

#include "report/html_template.h"

namespace loadgate::report {

inline constexpr double kBarSpan = 1000;

struct BarChart {
  std::string title;  // For those who do not see the bars.
  struct Bar {
    std::string kind;  // The class that colours it: "base", "head".
    double value = 0;
  };
  std::vector<Bar> bars;                              // From the top.
  std::optional<double> limit;                        // A line across all bars.
  std::optional<std::pair<double, double>> interval;  // A whisker on the last bar.
};

Fields bar_chart(const BarChart& chart);

// Parts side by side; `whole` is what the full width stands for.
Fields stacked_bar(const std::vector<BarChart::Bar>& parts, double whole);

}  // namespace loadgate::report
