#include "report/console_report.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

std::size_t place_of(const std::string& text, std::string_view part) {
  const std::size_t place = text.find(part);
  EXPECT_NE(place, std::string::npos) << part;
  return place;
}

TEST(Console, TellsThresholdsThenTheBaselineThenTotalsThenPathsThenTheCommand) {
  const std::string text = render_console(support::regression_summary(), {"out/report.html"}, {});
  const std::size_t thresholds = place_of(text, "\nThresholds\n");
  const std::size_t baseline = place_of(text, "\nAgainst the baseline\n");
  const std::size_t requests = place_of(text, "\nRequests ");
  const std::size_t failures = place_of(text, "\nFailures (of the whole run)\n");
  const std::size_t reports = place_of(text, "\nReports\n");
  const std::size_t again = place_of(text, "\nRun it again\n");
  EXPECT_TRUE(text.starts_with("✗ Regression: p50 of "));
  EXPECT_LT(thresholds, baseline);
  EXPECT_LT(baseline, requests);
  EXPECT_LT(requests, failures);
  EXPECT_LT(failures, reports);
  EXPECT_LT(reports, again);
}

TEST(Console, HasNoEscapesWithoutColor) {
  EXPECT_EQ(render_console(support::regression_summary(), {}, {}).find('\x1b'), std::string::npos);
}

TEST(Console, ColorAddsNothingToTheWords) {
  const gate::Summary summary = support::regression_summary();
  std::string text = render_console(summary, {}, {.color = true, .width = 80});
  EXPECT_NE(text.find("\x1b[31m✗ Regression\x1b[0m: p50"), std::string::npos);
  for (std::size_t i = 0; (i = text.find('\x1b')) != std::string::npos;) {
    text.erase(i, text.find('m', i) - i + 1);
  }
  EXPECT_EQ(text, render_console(summary, {}, {}));
}

TEST(Console, HoldsItsWidth) {
  for (const support::SampleCase& sample : support::sample_cases()) {
    for (const int width : {80, 100, 132, 200}) {
      const std::string text = render_console(sample.summary, {}, {.color = false, .width = width});
      for (const std::string_view line : split(text, '\n')) {
        if (line.find("loadgate run") != std::string_view::npos) continue;  // Never broken.
        EXPECT_LE(characters(line), static_cast<std::size_t>(width)) << sample.name << ": " << line;
      }
    }
  }
}

TEST(Console, SaysTheVerdictAloneWhereNoMoreIsWanted) {
  const std::string text = render_console(support::threshold_missed_summary(), {"out/report.html"},
                                          {.is_verdict_only = true});
  EXPECT_EQ(text, "✗ Threshold missed: p95 312 ms, limit 300 ms.\n");
}

TEST(Console, FoldsDetailsAndNeverTheVerdict) {
  const std::string text =
      render_console(support::regression_summary(), {"out/report.html"}, {.folds = true});
  const std::size_t group = place_of(text, "\n::group::Requests, services, failures\n");
  const std::size_t end = place_of(text, "\n::endgroup::\n");
  EXPECT_LT(place_of(text, "\nThresholds\n"), group);
  EXPECT_LT(place_of(text, "\nAgainst the baseline\n"), group);
  EXPECT_LT(group, place_of(text, "\nRequests ("));
  EXPECT_LT(place_of(text, "\nFailures ("), end);
  EXPECT_LT(end, place_of(text, "\nReports\n"));
}

TEST(Console, AWideTerminalShowsHowSureEachComparisonIs) {
  const auto text = [](int width) {
    return render_console(support::regression_summary(), {}, {.width = width});
  };
  EXPECT_EQ(text(80).find("95 % interval"), std::string::npos);
  EXPECT_NE(text(200).find("95 % interval"), std::string::npos);
  EXPECT_NE(text(200).find("GET /store/carts/{{ cart_id }}/"), std::string::npos);
}

TEST(Console, LeavesOutWhatHeldAndDecidesNothing) {
  const std::string text = render_console(support::passed_summary(), {}, {});
  EXPECT_EQ(text.find("171 ms"), std::string::npos);
  EXPECT_NE(text.find("2 more in the HTML report"), std::string::npos);
}

TEST(Console, SaysWhatEndedTheRunEarly) {
  gate::Summary summary = support::threshold_missed_summary();
  summary.info.aborted = "error_rate < 50% was missed after 12 s";
  EXPECT_NE(render_console(summary, {}, {}).find("Stopped early: error_rate < 50% was missed"),
            std::string::npos);
}

TEST(Console, SaysAReasonOnceThoughVerdictAndHealthHaveIt) {
  const std::string text = render_console(support::invalid_summary(), {}, {});
  const std::size_t first = place_of(text, "raise --workers");
  EXPECT_EQ(text.find("raise --workers", first + 1), std::string::npos);
}

}  // namespace
}  // namespace loadgate::report
