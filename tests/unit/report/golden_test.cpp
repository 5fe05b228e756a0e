// Whole reports of fixed runs against approved texts in tests/golden. After a wanted
// change: LOADGATE_UPDATE_GOLDEN=1 ctest -R report.Golden, then read the diff.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "report/console_report.h"
#include "report/report.h"
#include "support/sample_cases.h"

namespace loadgate::report {
namespace {

void expect_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path =
      std::filesystem::path(LOADGATE_SOURCE_DIR) / "tests" / "golden" / name;
  if (std::getenv("LOADGATE_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_file(path, text).has_value()) << path;
  }
  const Result<std::string> approved = read_file(path);
  ASSERT_TRUE(approved.has_value()) << approved.error().text;
  EXPECT_EQ(text, *approved) << "LOADGATE_UPDATE_GOLDEN=1 writes " << path;
}

// What the page carries along is no part of the report: the library's text is its package's.
std::string without_own_files(std::string html) {
  constexpr std::pair<std::string_view, std::string_view> kOwn[] = {
      {"<style>", "</style>"}, {"<script>", "</script>"}, {"<!--", "-->"}, {"'sha256-", "'"}};
  for (const auto& [begin, end] : kOwn) {
    for (std::size_t at = html.find(begin); at != std::string::npos; at = html.find(begin, at)) {
      at += begin.size();
      html.erase(at, html.find(end, at) - at);
    }
  }
  return html;
}

class Golden : public testing::TestWithParam<support::SampleCase> {
 protected:
  std::string render(std::string_view format) const {
    const metrics::RunResult run;
    return make_report(format)->render({&run, &GetParam().summary});
  }
};

TEST_P(Golden, ConsoleIsAsApproved) {
  const std::vector<std::string> paths = {"out/result.json", "out/junit.xml", "out/report.html"};
  expect_golden(GetParam().name + ".txt", render_console(GetParam().summary, paths, {}));
}

// One page in each of the places it is read in.
TEST_P(Golden, ConsoleOfEachPlaceIsAsApproved) {
  const std::string& name = GetParam().name;
  const bool is_told = name == "regression" || name == "duet-regression" || name == "invalid";
  if (!is_told) return;
  const std::vector<std::string> paths = {"out/result.json", "out/junit.xml", "out/report.html"};
  const auto page = [&](const ConsoleStyle& style) {
    return render_console(GetParam().summary, paths, style);
  };
  expect_golden(name + ".wide.txt", page({.width = 200}));
  expect_golden(name + ".color.txt", page({.color = true}));
  expect_golden(name + ".quiet.txt", page({.is_verdict_only = true}));
  expect_golden(name + ".github.txt", page({.color = true, .width = 120, .folds = true}));
}

TEST_P(Golden, JunitIsAsApproved) {
  expect_golden(GetParam().name + ".junit.xml", render("junit"));
}

TEST_P(Golden, StrictJunitIsAsApproved) {
  const metrics::RunResult run;
  const Material material{&run, &GetParam().summary, JunitFamily::xunit2};
  expect_golden(GetParam().name + ".xunit2.xml", make_report("junit")->render(material));
}

TEST_P(Golden, MarkdownIsAsApproved) { expect_golden(GetParam().name + ".md", render("markdown")); }

TEST_P(Golden, CsvIsAsApproved) { expect_golden(GetParam().name + ".csv", render("csv")); }

TEST_P(Golden, OpenMetricsAreAsApproved) {
  expect_golden(GetParam().name + ".metrics.txt", render("openmetrics"));
}

TEST_P(Golden, HtmlIsAsApproved) {
  expect_golden(GetParam().name + ".html", without_own_files(render("html")));
}

TEST_P(Golden, TheSameRunGivesTheSameBytes) {
  EXPECT_EQ(render("junit"), render("junit"));
  EXPECT_EQ(render("html"), render("html"));
  EXPECT_EQ(render("markdown"), render("markdown"));
}

INSTANTIATE_TEST_SUITE_P(Reports, Golden, testing::ValuesIn(support::sample_cases()),
                         support::name_of_case);

}  // namespace
}  // namespace loadgate::report
