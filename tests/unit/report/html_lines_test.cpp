#include "report/html_lines.h"

#include <gtest/gtest.h>

#include <cmath>

namespace loadgate::report {
namespace {

using namespace std::chrono_literals;

std::string drawn(const LineChart& chart) {
  return fill_template("{{#lines}}{{kind}} {{path}};{{/lines}}", {}, line_chart(chart)).text;
}

TEST(LineChart, StretchesTimeAndLevelOverItsBox) {
  LineChart chart;
  chart.length = 10s;
  chart.highest = 0.5;
  chart.lines = {{"head", {{0s, 0, true}, {5s, 0.25}, {10s, 0.5}}}};
  EXPECT_EQ(drawn(chart), "head M0.0 100.0L500.0 50.0L1000.0 0.0;");
}

TEST(LineChart, BeginsAPieceWhereNoLineLeads) {
  LineChart chart;
  chart.length = 4s;
  chart.highest = 1;
  chart.lines = {{"base", {{1s, 1, true}, {2s, 1}, {3s, 1, true}, {4s, 1}}}, {"head", {}}};
  EXPECT_EQ(drawn(chart), "base M250.0 0.0L500.0 0.0M750.0 0.0L1000.0 0.0;");
}

TEST(LineChart, NumbersThatAreNoneStayInTheBox) {
  LineChart chart;
  chart.lines = {{"head", {{1s, NAN}, {2s, INFINITY}, {3s, -1}}}};
  EXPECT_EQ(drawn(chart), "head M0.0 100.0L0.0 100.0L0.0 100.0;");
  chart.highest = 1;
  chart.length = 2s;
  EXPECT_EQ(drawn(chart), "head M500.0 100.0L1000.0 100.0L1000.0 100.0;");
}

}  // namespace
}  // namespace loadgate::report
