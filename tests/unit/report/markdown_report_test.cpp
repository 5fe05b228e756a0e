#include "report/markdown_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string whole(const gate::Summary& summary) {
  return render_markdown(summary, kMostOfStepSummary);
}

TEST(Markdown, SaysInItsFirstLinesWhatGotWorseByHowMuchHowSureAndWhere) {
  const std::string text = whole(support::regression_summary());
  EXPECT_THAT(text,
              StartsWith("## ✗ Regression: storefront\n\n"
                         "**p50 of GET /store/products/ rose from 8.10 ms to 21.1 ms (×2.6), and "
                         "1 more.**\n"));
  const std::string row =
      "| ✗ | **p50** | GET /store/products/ | peak | 8.10 ms | 21.1 ms | **×2.6** | ×2.4 to "
      "×2.8, p <0.0001 | ×1.14 |\n";
  EXPECT_LT(text.find(row), 500u);
}

TEST(Markdown, AMissedThresholdComesBeforeWhatItWasComparedWith) {
  gate::Summary summary = support::threshold_missed_summary();
  summary.verdict.baseline = support::sample_baseline();
  const std::string text = whole(summary);
  EXPECT_THAT(text, HasSubstr("| ✗ | **p95 &lt; 300ms** | **312 ms** | all | "
                              "configs/storefront.yaml:41 |\n"));
  EXPECT_LT(text.find("### Thresholds"), text.find("### Against the baseline"));
}

TEST(Markdown, SaysWhyAComparisonIsUndecidedAndWhatWouldSettleIt) {
  EXPECT_THAT(whole(support::duet_inconclusive_summary()),
              HasSubstr("\n- ? environment; sees ×1.38 and more; would settle it: another duet "
                        "when the machine is left alone, or at a lower \\`duet: rate\\`\n"));
}

TEST(Markdown, WhatHeldIsBehindAClick) {
  const std::string text = whole(support::duet_regression_summary());
  const std::size_t fold = text.find("<details><summary>3 comparisons that held");
  ASSERT_NE(fold, std::string::npos);
  EXPECT_GT(text.find("| GET /store/deals/ |"), fold);
}

TEST(Markdown, EndsWithTheWayToRunItAgain) {
  const std::string text = whole(support::passed_summary());
  EXPECT_THAT(text, HasSubstr("\n### Run it again\n\n```sh\nloadgate run "
                              "configs/storefront.yaml --seed 42\n```\n"));
  EXPECT_THAT(text, EndsWith("- loadgate: 0.1.0\n"));
}

gate::Summary with_many_rows() {
  gate::Summary summary = support::passed_summary();
  for (int i = 0; i < 20'000; ++i) {
    summary.rows.push_back(
        support::sample_row("GET /item/" + std::to_string(i), 10, 0, 1, gate::Rating::optimal));
  }
  return summary;
}

TEST(Markdown, IsNeverLongerThanGithubTakesAndSaysWhatIsMissing) {
  const std::string text = whole(with_many_rows());
  EXPECT_LE(text.size(), kMostOfStepSummary);
  EXPECT_GT(text.size(), kMostOfStepSummary - 1'000);
  EXPECT_THAT(text, HasSubstr("**Cut here:** "));
  EXPECT_THAT(text, HasSubstr("more rows and paragraphs do not fit"));
  EXPECT_THAT(text, HasSubstr("### Run it again"));
}

TEST(Markdown, KeepsToAnyLimit) {
  for (const support::SampleCase& sample : support::sample_cases()) {
    for (std::size_t most = 0; most < 6'000; most += 97) {
      EXPECT_LE(render_markdown(sample.summary, most).size(), most) << sample.name;
    }
  }
}

TEST(Markdown, AFoldThatIsOpenedIsClosedWhereverThePageIsCut) {
  const gate::Summary summary = support::regression_summary();
  for (std::size_t most = 500; most < 8'000; most += 53) {
    const std::string text = render_markdown(summary, most);
    std::size_t opened = 0, closed = 0;
    for (const std::string_view line : split(text, '\n')) {
      opened += line.starts_with("<details>") ? 1 : 0;
      closed += line == "</details>" ? 1 : 0;
    }
    EXPECT_EQ(opened, closed) << most;
  }
}

// Code blocks are left out: nothing in them is markup.
std::string running_text(const std::string& page) {
  std::string text, fence;
  for (const std::string_view line : split(page, '\n')) {
    if (fence.empty() && line.starts_with("```")) {
      fence = line.substr(0, line.find_first_not_of('`'));
    } else if (!fence.empty()) {
      if (line == fence) fence.clear();
    } else {
      text.append(line).append("\n");
    }
  }
  return text;
}

TEST(Markdown, ForeignTextIsNoMarkup) {
  const std::string text = running_text(whole(support::hostile_summary()));
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("<!--")));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  for (const std::string_view line : split(text, '\n')) {
    EXPECT_FALSE(trimmed(line).starts_with("::")) << line;
  }
}

}  // namespace
}  // namespace loadgate::report
