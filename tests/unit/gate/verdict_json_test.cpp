#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gate/judge.h"
#include "made_run.h"

namespace loadgate::gate {
namespace {

using ::testing::HasSubstr;

Verdict rich_verdict() {
  std::vector<Level> levels{{"GET /\x1b[2J\"<b>\xff", 10, 30, 2000}, {"GET /list", 40, 90, 2000}};
  metrics::RunResult run = made_run(levels);
  run.judging.thresholds = {*plan::parse_threshold("p95 < 20ms"),
                            *plan::parse_threshold("p50 <= baseline + 20%")};
  run.judging.thresholds[0].place = {"shop.yaml", 14, 5, 10};
  run.health.invalid = {"a reason"};
  const Baseline baseline = made_baseline(levels, 6);
  return judge(run, baseline);
}

// `text` with the first `from` replaced.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(VerdictJson, ComesBackByteForByte) {
  const std::string text = to_json(rich_verdict());
  const Result<Verdict> back = parse_verdict(text);
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(to_json(*back), text);
  EXPECT_EQ(back->thresholds[0].threshold.place.line, 14);
  EXPECT_EQ(back->comparisons.size(), 9U);
  EXPECT_EQ(back->baseline->runs_matching, 6);
}

TEST(VerdictJson, KeepsRemarksOnTheBaseline) {
  Verdict verdict = rich_verdict();
  verdict.baseline->remarks = {"A slower level was accepted on 2026-11-22 (safer): …"};
  const Result<Verdict> back = parse_verdict(to_json(verdict));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(back->baseline->remarks, verdict.baseline->remarks);
}

TEST(VerdictJson, KeepsWhatIsNotThere) {
  const Verdict verdict = judge(made_run({}), std::nullopt);
  const Result<Verdict> back = parse_verdict(to_json(verdict));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_FALSE(back->baseline);
  EXPECT_EQ(back->conclusion, Conclusion::invalid);
}

TEST(VerdictJson, DamagedTextIsRefusedAndTheFieldNamed) {
  const std::string good = to_json(rich_verdict());
  struct Case {
    std::string text;
    std::string complaint;
  };
  const std::vector<Case> cases{
      {with(good, "\"conclusion\": \"invalid\"", "\"conclusion\": \"excellent\""),
       "conclusion: unknown word \"excellent\""},
      {with(good, "\"conclusion\"", "\"conclusions\""), "conclusion: missing"},
      {with(good, "\"weight\":\"deciding\"", "\"weight\":3"),
       "comparisons[0].weight: expected a text"},
      {with(good, "\"baseline_runs\":6", "\"baseline_runs\":-6"), "comparisons[0].baseline_runs"},
      {with(good, "\"comparison\": \"<\"", "\"comparison\": \"=\""),
       "thresholds[0].threshold.comparison"},
      {"{}", "conclusion: missing"},
      {"[]", "expected an object"}};
  for (const Case& one : cases) {
    const Result<Verdict> verdict = parse_verdict(one.text);
    ASSERT_FALSE(verdict) << one.complaint;
    EXPECT_THAT(verdict.error().text, HasSubstr(one.complaint));
  }
}

TEST(VerdictJson, NoPrefixOfAVerdictCrashes) {
  const std::string good = to_json(rich_verdict());
  for (std::size_t length = 0; length + 2 < good.size(); length += 7) {
    EXPECT_FALSE(parse_verdict(std::string_view(good).substr(0, length))) << length;
  }
}

}  // namespace
}  // namespace loadgate::gate
