#pragma once

// The geometry of levels over time as inline SVG, in a box of kLineSpan by kLineHeight that
// the page stretches to its width. Pure, any thread.

#include <string>
#include <vector>

#include "base/clock.h"
#include "report/html_template.h"

namespace loadgate::report {

inline constexpr double kLineSpan = 1000;
inline constexpr double kLineHeight = 100;

struct LineChart {
  std::string title;  // For those who do not see the lines.
  struct Point {
    Nanoseconds at{};
    double level = 0;
    bool is_first = false;  // No line leads to it.
  };
  struct Line {
    std::string kind;           // The class that colours it: "base", "head".
    std::vector<Point> points;  // Rising in time.
  };
  std::vector<Line> lines;
  Nanoseconds length{};  // What the full width stands for.
  double highest = 0;    // What the full height stands for.
};

Fields line_chart(const LineChart& chart);

}  // namespace loadgate::report
