#include "session/github_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "report/markdown_report.h"
#include "support/sample_cases.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class GithubJob : public testing::Test {
 protected:
  GithubJob() : step_{folder_ / "summary", folder_ / "outputs", fs::current_path()} {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~GithubJob() override { fs::remove_all(folder_); }

  static std::string content(const fs::path& file) { return read_file(file).value_or(""); }

  const fs::path folder_ =
      fs::temp_directory_path() /
      ("loadgate-github-job-" +
       std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
  GithubStep step_;
};

TEST_F(GithubJob, AppendsToWhatOthersWrote) {
  ASSERT_TRUE(write_file(step_.summary_file, "# Theirs"));
  ASSERT_TRUE(append_summary(step_, support::passed_summary()));
  EXPECT_THAT(content(step_.summary_file), StartsWith("# Theirs\n## ✓ Passed: storefront\n"));
}

TEST_F(GithubJob, LeavesTheSummaryAsLongAsGithubTakesIt) {
  const std::string theirs(report::kMostOfStepSummary - 3'000, 'x');
  ASSERT_TRUE(write_file(step_.summary_file, theirs));
  ASSERT_TRUE(append_summary(step_, support::regression_summary()));
  EXPECT_LE(fs::file_size(step_.summary_file), report::kMostOfStepSummary);
  EXPECT_THAT(content(step_.summary_file), HasSubstr("**Cut here:**"));

  ASSERT_TRUE(write_file(step_.summary_file, theirs + std::string(2'900, 'x')));
  const Result<void> full = append_summary(step_, support::regression_summary());
  ASSERT_FALSE(full);
  EXPECT_THAT(full.error().text, HasSubstr("the summary of this step is full"));
}

TEST_F(GithubJob, KnowsWhatTheStepHasBeenTold) {
  const gate::Summary ours = support::regression_summary();
  EXPECT_FALSE(is_told(step_, ours));
  ASSERT_TRUE(write_file(step_.summary_file, "# Theirs"));
  ASSERT_TRUE(append_summary(step_, ours));
  EXPECT_TRUE(is_told(step_, ours));
  EXPECT_FALSE(is_told(step_, support::passed_summary()));
  EXPECT_FALSE(is_told(GithubStep(), ours));
}

TEST_F(GithubJob, TellsLaterStepsTheVerdictAndWhereReportsLie) {
  ASSERT_TRUE(append_outputs(
      step_, {"regression", 1, {"out/result.json", "out/summary.md", "out/table.csv"}}));
  const std::string outputs = content(step_.output_file);
  EXPECT_THAT(outputs, StartsWith("verdict<<loadgate-"));
  EXPECT_THAT(outputs, HasSubstr("\nregression\nloadgate-"));
  EXPECT_THAT(outputs, HasSubstr("\nexit-code<<loadgate-"));
  EXPECT_THAT(outputs, HasSubstr("\nout/result.json\n"));
  EXPECT_THAT(outputs, HasSubstr("\nsummary<<loadgate-"));
  EXPECT_THAT(outputs, Not(HasSubstr("table.csv")));
}

TEST_F(GithubJob, NamesReportsOutsideOfTheRepoByTheirWholePath) {
  step_.workspace = folder_ / "repo";
  ASSERT_TRUE(append_outputs(step_, {"passed", 0, {"out/result.json"}}));
  EXPECT_THAT(content(step_.output_file),
              HasSubstr("\n" + (fs::current_path() / "out/result.json").string() + "\n"));
}

TEST_F(GithubJob, PutsAnnotationsAtFilesAsTheRepoNamesThem) {
  const gate::Summary summary = support::threshold_missed_summary();
  step_.workspace = fs::current_path().parent_path();
  const std::string here = fs::current_path().filename().string();
  EXPECT_THAT(annotation_lines(step_, summary),
              StartsWith("::error file=" + here + "/configs/storefront.yaml,line=41,col=5,"));
  step_.workspace = folder_ / "elsewhere";
  EXPECT_THAT(annotation_lines(step_, summary), StartsWith("::error title=loadgate%3A "));
}

TEST_F(GithubJob, PutsWhatBasesPlanSaysAtTheCheckoutsOwnPlan) {
  gate::Summary summary = support::threshold_missed_summary();
  summary.verdict.thresholds[0].threshold.place.file = "/elsewhere/base/storefront.yaml";
  EXPECT_THAT(annotation_lines(step_, summary),
              StartsWith("::error file=configs/storefront.yaml,line=41,"));
}

TEST_F(GithubJob, WritesNothingWhereTheRunnerGivesNoFile) {
  const GithubStep bare;
  EXPECT_TRUE(append_summary(bare, support::passed_summary()));
  EXPECT_TRUE(append_outputs(bare, {"passed", 0, {}}));
}

TEST_F(GithubJob, SaysWhichFileCouldNotBeWritten) {
  step_.output_file = folder_ / "missing" / "outputs";
  const Result<void> written = append_outputs(step_, {"passed", 0, {}});
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().text, HasSubstr("missing/outputs: No such file"));
}

TEST(GithubVerdict, IsInKebabCase) {
  EXPECT_EQ(verdict_output(gate::Conclusion::threshold_missed), "threshold-missed");
  EXPECT_EQ(verdict_output(gate::Conclusion::invalid), "invalid-run");
  EXPECT_EQ(verdict_output(gate::Conclusion::passed), "passed");
}

TEST(Unguessable, IsNeverTheSame) { EXPECT_NE(unguessable(), unguessable()); }

}  // namespace
}  // namespace loadgate::session
