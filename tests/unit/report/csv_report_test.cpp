#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "report/report.h"
#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string table_of(const gate::Summary& summary) {
  const metrics::RunResult run;
  return make_report("csv")->render({&run, &summary});
}

std::string titles_of(const std::string& table) { return table.substr(0, table.find("\r\n")); }

TEST(Csv, HasARowForEachRequestOfEachStageAndForAll) {
  const std::string table = table_of(support::passed_summary());
  EXPECT_THAT(table, StartsWith("plan,stage,request,role,judged,requests,failures,error_rate,"
                                "p50_ms,p95_ms,p99_ms,max_ms,mean_ms,per_second,"));
  EXPECT_THAT(table, HasSubstr("\r\n\"storefront\",\"\",\"GET /store/products/\",task,yes,8211,14,"
                               "0.001705,8.1,23.489999,38.07,125.55,9.72,74.645455,"));
  EXPECT_THAT(table, HasSubstr("\r\n\"storefront\",\"\",\"all requests\",task,yes,32834,"));
  EXPECT_THAT(table, HasSubstr("\r\n\"storefront\",\"spike\",\"GET /store/products/\","));
  EXPECT_THAT(table, HasSubstr("\",on start,no,600,"));
}

TEST(Csv, AllRowsHaveAsManyCells) {
  const std::string table = table_of(support::regression_summary());
  const auto cells = [](std::string_view line) { return split(line, ',').size(); };
  for (const std::string_view line : split(trimmed(table), '\n')) {
    EXPECT_EQ(cells(line), cells(titles_of(table))) << line;
  }
}

TEST(Csv, HoldsWhatWasComparedBesideWhatWasMeasured) {
  const std::string table = table_of(support::duet_regression_summary());
  EXPECT_THAT(titles_of(table), HasSubstr("cpu_per_request_base_ms,cpu_per_request_head_ms,"
                                          "cpu_per_request_change,"));
  EXPECT_THAT(table, HasSubstr("\"duet\",\"all requests\""));
  EXPECT_THAT(table, HasSubstr(",3.02,3.98,0.318,0.29,0.35,0.049,0.00002,fail,"));
}

TEST(Csv, WhatHasNoNumberIsEmptyAndNoneHasAnExponent) {
  gate::Summary summary = support::passed_summary();
  summary.rows[0].rating = gate::Rating::none;
  summary.rows[0].per_second = 1e-9;
  EXPECT_THAT(table_of(summary), HasSubstr("/carts/{{ cart_id }}/\",task,yes,4103,0,0,,,,,,0,"));
}

TEST(Csv, NoTextIsAFormula) {
  for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"}) {
    gate::Summary summary = support::empty_summary();
    summary.info.plan_name = formula;
    EXPECT_THAT(table_of(summary), HasSubstr("\r\n\"'" + std::string(formula) + "\",")) << formula;
  }
}

TEST(Csv, QuotesAreDoubledAndLinesStayWhole) {
  gate::Summary summary = support::empty_summary();
  summary.info.plan_name = "a \"b\",\r\nc";
  EXPECT_THAT(table_of(summary), HasSubstr("\r\n\"a \"\"b\"\",??c\","));
}

}  // namespace
}  // namespace loadgate::report
