#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "report/report.h"
#include "report/stored_result.h"
#include "support/sample_result.h"
#include "support/sample_summary.h"

namespace loadgate::report {
namespace {

TEST(StoredResult, ComesBackByteForByte) {
  const metrics::RunResult run = support::sample_result();
  const gate::Verdict verdict = support::regression_summary().verdict;
  const std::string text = to_json(run, verdict);

  const Result<StoredResult> stored = parse_stored_result(text);

  ASSERT_TRUE(stored.has_value()) << stored.error().text;
  EXPECT_EQ(to_json(stored->run, stored->verdict), text);
  EXPECT_EQ(stored->verdict.sentence, verdict.sentence);
  EXPECT_EQ(stored->run.info.plan_name, run.info.plan_name);
}

TEST(StoredResult, IsWhatTheJsonReportWrites) {
  const metrics::RunResult run = support::sample_result();
  const gate::Summary summary = support::passed_summary();
  EXPECT_EQ(make_report("json")->render({&run, &summary}), to_json(run, summary.verdict));
}

TEST(StoredResult, HoldsHostileTextAsValidJson) {
  metrics::RunResult run = support::sample_result();
  run.info.target = support::hostile_text();
  const gate::Verdict verdict = support::hostile_summary().verdict;

  const Result<StoredResult> stored = parse_stored_result(to_json(run, verdict));

  ASSERT_TRUE(stored.has_value()) << stored.error().text;
  EXPECT_EQ(stored->run.info.target, valid_utf8(support::hostile_text()));
}

TEST(StoredResult, RefusesWhatIsDamagedAndNamesTheField) {
  struct Wrong {
    std::string text, complaint;
  };
  const std::vector<Wrong> wrongs = {
      {"", "not JSON from line 1, column 1 on"},
      {"[]", "expected an object"},
      {"{}", "format: missing"},
      {R"({"format":"loadgate-run","version":1})", "format: expected \"loadgate-result\""},
      {R"({"format":"loadgate-result","version":2})",
       "made by a newer loadgate (version 2); this one reads 1"},
      {R"({"format":"loadgate-result","version":1})", "run: missing"},
      {R"({"format":"loadgate-result","version":1,"run":[]})", "run: expected an object"},
      {R"({"format":"loadgate-result","version":1,"run":{},"verdict":{}})", "run.format: missing"},
  };
  for (const Wrong& wrong : wrongs) {
    const Result<StoredResult> stored = parse_stored_result(wrong.text);
    ASSERT_FALSE(stored.has_value()) << wrong.text;
    EXPECT_EQ(stored.error().text, wrong.complaint) << wrong.text;
  }
}

TEST(StoredResult, RefusesADamagedVerdict) {
  std::string text = to_json(support::sample_result(), support::passed_summary().verdict);
  const std::size_t place = text.find("\"conclusion\": \"passed\"");
  ASSERT_NE(place, std::string::npos);
  text.replace(place, 22, "\"conclusion\": \"great!\"");
  const Result<StoredResult> stored = parse_stored_result(text);
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().text, "verdict.conclusion: unknown word \"great!\"");
}

TEST(Formats, EachHasAMaker) {
  for (const Format& format : formats()) EXPECT_NE(make_report(format.name), nullptr);
  EXPECT_EQ(make_report("pdf"), nullptr);
}

}  // namespace
}  // namespace loadgate::report
