#include "report/html_lines.h"

#include <gtest/gtest.h>

#include <cmath>

namespace loadgate::report {
namespace {

using namespace std::chrono_literals;

std::string drawn(const LineChart& chart, const std::string& html) {
  const FilledTemplate filled = fill_template(html, {}, line_chart(chart));
  EXPECT_TRUE(filled.missing.empty());
  return filled.text;
}

constexpr const char* kLines = "{{#lines}}{{kind}} {{path}};{{/lines}}";

LineChart chart_of(LineChart::Levels levels) {
  LineChart chart;
  chart.slot = 1s;
  chart.length = 1s * static_cast<Nanoseconds::rep>(levels.size());
  chart.lines = {{"head", std::move(levels)}};
  return chart;
}

TEST(LineChart, StretchesSlotsAndLevelsOverItsBox) {
  LineChart chart = chart_of({0.0, 0.25, 0.5});
  chart.ticks = {0, 0.25, 0.5};
  EXPECT_EQ(drawn(chart, kLines), "head M166.7 120.0L166.7 120.0L500.0 60.0L833.3 0.0;");
}

TEST(LineChart, BreaksWhereNothingIsKnown) {
  EXPECT_EQ(drawn(chart_of({1.0, {}, 1.0, {}}), kLines),
            "head M125.0 0.0L125.0 0.0M625.0 0.0L625.0 0.0;");
  EXPECT_EQ(drawn(chart_of({{}, {}}), kLines), "");
}

TEST(LineChart, BandsGoAlongTheUpperEdgeAndBack) {
  LineChart chart = chart_of({0.5, 0.5});
  chart.lines[0].low = {0.25, 0.25};
  chart.lines[0].high = {0.75, 1.0};
  EXPECT_EQ(drawn(chart, "{{#bands}}{{path}}{{/bands}}"),
            "M250.0 30.0L750.0 0.0L750.0 90.0L250.0 90.0Z");
}

TEST(LineChart, MarksAreLinesOrBandsUpToALimit) {
  LineChart chart = chart_of({0.5, 0.5});
  chart.marks = {{0s, 1s, 0.5, {}}, {1s, 2s, 0.25, 0.75}};
  EXPECT_EQ(drawn(chart, "{{#marks}}{{x1}}-{{x2}} {{y}} {{top}}+{{thickness}};{{/marks}}"),
            "0.00-50.00 74.0 74.0+0.0;50.00-100.00 44.0 44.0+60.0;");
}

TEST(LineChart, NumbersThatAreNoneStayInTheBox) {
  EXPECT_EQ(drawn(chart_of({NAN, INFINITY, -1.0, 9.0}), kLines),
            "head M125.0 120.0L125.0 120.0L375.0 120.0L625.0 120.0L875.0 0.0;");
  LineChart none;
  none.lines = {{"head", {1.0}}};
  EXPECT_EQ(drawn(none, kLines), "head M0.0 0.0L0.0 0.0;");
}

}  // namespace
}  // namespace loadgate::report
