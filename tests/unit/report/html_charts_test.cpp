#include "report/html_charts.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/sample_summary.h"

namespace loadgate::report {
namespace {

nlohmann::json data_of(const gate::Timeline& timeline) {
  return nlohmann::json::parse(chart_data(timeline));
}

TEST(ChartData, IsInTheUnitsThatPeopleRead) {
  const nlohmann::json data = data_of(support::sample_slower_timeline());
  EXPECT_EQ(data["slot"], 5);
  EXPECT_EQ(data["slots"], 27);
  EXPECT_EQ(data["stretches"][1]["held"], nlohmann::json({20, 70}));
  const nlohmann::json& p50 = data["charts"][1];
  EXPECT_EQ(p50["id"], "p50");
  EXPECT_EQ(p50["unit"], "ms");
  EXPECT_EQ(p50["curves"][0]["levels"][0], 39);
  EXPECT_EQ(p50["curves"][0]["low"].size(), 27U);
  EXPECT_EQ(p50["references"][0]["stored"], 22);
  EXPECT_EQ(data["charts"][6]["curves"][0]["levels"][0], 31);  // Percent.
}

TEST(ChartData, SaysNothingWhereNothingIsKnown) {
  gate::Timeline timeline = support::sample_timeline();
  timeline.charts[0].curves[0].levels[2].reset();
  timeline.charts[0].curves[0].levels[3] = std::numeric_limits<double>::quiet_NaN();
  const nlohmann::json levels = data_of(timeline)["charts"][0]["curves"][0]["levels"];
  EXPECT_TRUE(levels[2].is_null());
  EXPECT_TRUE(levels[3].is_null());
}

TEST(ChartData, CannotEndTheScriptItStandsIn) {
  gate::Timeline timeline = support::sample_timeline();
  timeline.stretches[0].name = "</script><!--&\xe2\x80\xa8\xff";
  timeline.charts[6].curves[0].name = support::hostile_text();
  const std::string text = chart_data(timeline);
  for (const char* harmful : {"<", ">", "&", "\n", "\xe2\x80\xa8"}) {
    EXPECT_EQ(text.find(harmful), std::string::npos) << harmful;
  }
  EXPECT_TRUE(nlohmann::json::accept(text));
}

TEST(Charts, NameTheSidesOfADuet) {
  const gate::Timeline timeline = support::sample_duet_timeline(1.2);
  const gate::Chart& cpu = timeline.charts[3];
  EXPECT_EQ(name_of(cpu.curves[0], cpu), "service, base");
  EXPECT_EQ(kind_of(cpu.curves[0], cpu), "base");
  EXPECT_EQ(kind_of(cpu.curves[1], cpu), "head");
  EXPECT_EQ(kind_of(cpu.curves[2], cpu), "machine");
}

TEST(Charts, ServicesOfARunDiffer) {
  const gate::Chart cpu = support::sample_timeline().charts[6];
  EXPECT_EQ(kind_of(cpu.curves[0], cpu), "head");
  EXPECT_EQ(kind_of(cpu.curves[1], cpu), "second");
  EXPECT_EQ(name_of(cpu.curves[1], cpu), "db");
}

TEST(Charts, AFarLimitDoesNotFlattenTheCurves) {
  gate::Chart chart = support::sample_timeline().charts[2];
  const double highest = highest_of(chart);
  chart.references = {{{}, 10 * highest, {}}};
  EXPECT_LT(highest_of(chart), 2 * highest);
}

}  // namespace
}  // namespace loadgate::report
