#include "report/html_intervals.h"

#include <gtest/gtest.h>

namespace loadgate::report {
namespace {

gate::ComparisonFinding finding_of(double change, double low, double high, double limit) {
  gate::ComparisonFinding finding;
  finding.change = change;
  finding.change_low = low;
  finding.change_high = high;
  finding.fail_line = limit;
  return finding;
}

std::string drawn(const gate::ComparisonFinding& finding, const std::string& html) {
  return fill_template(html, {}, interval_bar(finding)).text;
}

TEST(IntervalBar, PutsNoChangeAndTheLimitInTheSamePlaceForAll) {
  for (const double limit : {0.05, 0.5}) {
    EXPECT_EQ(drawn(finding_of(0, 0, 0, limit), "{{none}} {{limit}}"), "53.6 77.2");
  }
}

TEST(IntervalBar, MeasuresChangesInLimits) {
  EXPECT_EQ(drawn(finding_of(0.2, 0.1, 0.3, 0.1), "{{low}} {{change}} {{high}}|{{arrows}}"),
            "77.2 92.2 102.3|");
}

TEST(IntervalBar, SaysWhereItGoesOn) {
  EXPECT_EQ(drawn(finding_of(0.2, -9, 9, 0.1), "{{low}} {{high}} {{arrows}}"),
            "1.0 149.0 M6 6L1 11L6 16M144 6L149 11L144 16");
}

TEST(IntervalBar, BearsALimitThatIsNone) {
  EXPECT_EQ(drawn(finding_of(0.2, 0.1, 0.3, 0), "{{change}}"), "53.6");
}

}  // namespace
}  // namespace loadgate::report
