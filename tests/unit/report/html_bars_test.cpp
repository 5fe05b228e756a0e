#include "report/html_bars.h"

#include <gtest/gtest.h>

#include <limits>

namespace loadgate::report {
namespace {

std::string filled(const Fields& fields, const std::string& html) {
  const FilledTemplate result = fill_template(html, {}, fields);
  EXPECT_TRUE(result.missing.empty());
  return result.text;
}

constexpr const char* kBars = "{{#bars}}{{kind}} {{top}} {{length}}\n{{/bars}}";

TEST(BarChart, BarsAreInProportion) {
  const Fields chart = bar_chart({"", {{"base", 50}, {"head", 100}}, {}, {}});
  EXPECT_EQ(filled(chart, kBars), "base 0 480.8\nhead 28 961.5\n");
  EXPECT_EQ(filled(chart, "{{height}}"), "56");
}

TEST(BarChart, LimitAndIntervalShareTheScale) {
  const Fields chart = bar_chart({"", {{"base", 50}, {"head", 60}}, 100, {{40, 80}}});
  EXPECT_EQ(filled(chart, "{{#limits}}{{x}}{{/limits}}"), "961.5");
  EXPECT_EQ(filled(chart, "{{#whiskers}}{{from}} {{to}} {{middle}}{{/whiskers}}"),
            "384.6 769.2 38");
}

TEST(BarChart, StaysInItsBoxWhateverTheNumbers) {
  const double infinite = std::numeric_limits<double>::infinity();
  const Fields none = bar_chart({"", {{"base", 0}, {"head", 0}}, {}, {}});
  EXPECT_EQ(filled(none, kBars), "base 0 0.0\nhead 28 0.0\n");
  const Fields endless = bar_chart({"", {{"head", infinite}}, -5, {}});
  EXPECT_EQ(filled(endless, kBars), "head 0 0.0\n");
  EXPECT_EQ(filled(endless, "{{#limits}}{{x}}{{/limits}}"), "0.0");
}

TEST(StackedBar, PiecesFollowEachOther) {
  const Fields bar = stacked_bar({{"dns", 10}, {"tls", 0}, {"wait", 40}}, 100);
  EXPECT_EQ(filled(bar, "{{#pieces}}{{kind}} {{x}} {{length}}\n{{/pieces}}"),
            "dns 0.0 100.0\nwait 100.0 400.0\n");
}

TEST(StackedBar, NeverLeavesItsBox) {
  const Fields bar = stacked_bar({{"wait", 80}, {"receive", 80}}, 100);
  EXPECT_EQ(filled(bar, "{{#pieces}}{{x}} {{length}}\n{{/pieces}}"), "0.0 800.0\n800.0 200.0\n");
}

}  // namespace
}  // namespace loadgate::report
