#pragma once

// The geometry of levels over time as inline SVG, for templates/report_lines.html: as wide
// as the page makes it, kLinesHeight pixels high. Pure, any thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "report/html_template.h"

namespace loadgate::report {

inline constexpr double kLinesSpan = 1000;   // What the width counts as.
inline constexpr double kLinesHeight = 120;  // Of the plot, without labels.

struct LineChart {
  using Levels = std::vector<std::optional<double>>;  // A slot each; nothing: a gap.

  std::string title;  // For those who do not see the lines.
  struct Line {
    std::string kind;  // The class that colours it: "base", "head".
    Levels levels;
    Levels low{}, high{};  // A band; may be empty.
  };
  std::vector<Line> lines;
  struct Shade {
    std::string kind;
    Nanoseconds from{}, to{};
  };
  std::vector<Shade> shades{};
  struct Mark {
    Nanoseconds from{}, to{};
    double level = 0;
    std::optional<double> upto{};  // A band from one to the other.
  };
  std::vector<Mark> marks{};
  Nanoseconds slot{}, length{};        // Of one level; what the full width stands for.
  std::vector<double> ticks = {0, 1};  // Levels; the last is what the full height stands for.
  std::function<std::string(double)> text_of;  // A level in words.
};

Fields line_chart(const LineChart& chart);

}  // namespace loadgate::report
