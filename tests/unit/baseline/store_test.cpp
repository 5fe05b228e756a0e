#include "baseline/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "base/file.h"
#include "support/sample_result.h"

namespace loadgate::baseline {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class StoreTest : public ::testing::Test {
 protected:
  StoreTest() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) /
            (std::string("loadgate-") + test->name() + "-" + std::to_string(::getpid()));
  }
  ~StoreTest() override { fs::remove_all(root_); }

  static metrics::RunDigest digest(int minute, const std::string& model = "AMD EPYC 7B13") {
    metrics::RunDigest digest;
    digest.plan_name = "shop";
    digest.tool_version = "0.1.0";
    digest.started =
        WallTime(std::chrono::milliseconds(1'795'316'645'678)) + std::chrono::minutes(minute);
    digest.environment = support::sample_environment();
    digest.environment.cpu_model = model;
    return digest;
  }

  std::vector<fs::path> files() const {
    std::vector<fs::path> names;
    for (const auto& entry : fs::directory_iterator(root_ / "shop")) {
      names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  void put(const std::string& name, const std::string& content) const {
    ASSERT_TRUE(write_file(root_ / "shop" / name, content));
  }

  std::string complaint() const {
    const Result<std::vector<Stored>> runs = store().runs("shop");
    return runs ? "" : runs.error().text;
  }

  Store store() const { return Store(root_); }

  fs::path root_;
};

TEST_F(StoreTest, AMissingFolderHoldsNoRuns) {
  const auto runs = store().runs("shop");
  ASSERT_TRUE(runs) << runs.error().text;
  EXPECT_TRUE(runs->empty());
}

TEST_F(StoreTest, NamesFilesByDateAndContent) {
  const Result<fs::path> file = store().add(digest(0));
  ASSERT_TRUE(file) << file.error().text;
  EXPECT_EQ(file->parent_path(), root_ / "shop");
  EXPECT_THAT(file->filename().string(),
              ::testing::MatchesRegex("2026-11-22T03-04-05Z-[0-9a-f]{8}\\.json"));
}

TEST_F(StoreTest, GivesBackWhatWasAddedOldestFirst) {
  for (const int minute : {7, 3, 5}) ASSERT_TRUE(store().add(digest(minute)));
  const auto runs = store().runs("shop");
  ASSERT_TRUE(runs) << runs.error().text;
  ASSERT_EQ(runs->size(), 3U);
  EXPECT_EQ((*runs)[0].digest.started, digest(3).started);
  EXPECT_EQ((*runs)[2].digest.started, digest(7).started);
  EXPECT_EQ((*runs)[0].digest.file, (*runs)[0].file.string());
}

TEST_F(StoreTest, KeepsAWholeRunInLessThanTwentyKilobytes) {
  const metrics::RunDigest whole = metrics::digest_of(support::sample_result());
  const Result<fs::path> file = store().add(whole);
  ASSERT_TRUE(file) << file.error().text;
  EXPECT_LT(fs::file_size(*file), 20'000U);
  const auto runs = store().runs("shop");
  ASSERT_TRUE(runs) << runs.error().text;
  EXPECT_EQ(metrics::to_json(runs->front().digest), metrics::to_json(whole));
}

TEST_F(StoreTest, TwoRunsOfOneSecondLieBesideEachOther) {
  metrics::RunDigest other = digest(0);
  other.seed = 2;
  ASSERT_TRUE(store().add(digest(0)));
  ASSERT_TRUE(store().add(other));
  EXPECT_EQ(files().size(), 2U);
}

TEST_F(StoreTest, NeverReplacesAFile) {
  const Result<fs::path> file = store().add(digest(0));
  ASSERT_TRUE(file);
  ASSERT_TRUE(write_file(*file, "kept"));
  const Result<fs::path> again = store().add(digest(0));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().text, file->string() + " is there already: this run is stored");
  EXPECT_EQ(read_file(*file).value(), "kept");
}

TEST_F(StoreTest, LeavesNoTemporaryFileBehind) {
  ASSERT_TRUE(store().add(digest(0)));
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(StoreTest, IgnoresHiddenFilesAndTheReadme) {
  put(".gitkeep", "");
  put("README.md", "What lies here.");
  EXPECT_EQ(complaint(), "");
}

TEST_F(StoreTest, RefusesAFolderWithADamagedFileAndNamesIt) {
  ASSERT_TRUE(store().add(digest(0)));
  put("2026-01-01T00-00-00Z-00000000.json", "<<<<<<< HEAD");
  EXPECT_THAT(complaint(), StartsWith((root_ / "shop/2026-01-01T00-00-00Z-00000000.json").string() +
                                      " is no stored run of this plan: "));
  EXPECT_THAT(complaint(), HasSubstr("; restore it from version control, or remove it"));
}

TEST_F(StoreTest, RefusesHalfAFile) {
  const std::string whole = metrics::to_json(metrics::digest_of(support::sample_result()));
  put("half.json", whole.substr(0, whole.size() / 2));
  EXPECT_THAT(complaint(), HasSubstr("half.json is no stored run of this plan: "));
}

TEST_F(StoreTest, RefusesForeignFiles) {
  put("notes.txt", "to be done");
  EXPECT_EQ(complaint(), (root_ / "shop/notes.txt").string() +
                             " is no stored run of this plan: it is not a .json file; move it "
                             "elsewhere");
}

TEST_F(StoreTest, RefusesRunsOfAnotherPlanWhoseNameFallsTogether) {
  metrics::RunDigest other = digest(0);
  other.plan_name = "my shop";
  const Result<fs::path> file = store().add(other);
  ASSERT_TRUE(file);
  const auto runs = store().runs("my/shop");
  ASSERT_FALSE(runs);
  EXPECT_EQ(runs.error().text,
            file->string() +
                " is no stored run of this plan: it belongs to the plan \"my shop\", not to "
                "\"my/shop\"; move it to that plan's folder, or give the plans names that differ "
                "in more than punctuation");
}

TEST_F(StoreTest, APlanNameCannotLeaveTheFolder) {
  EXPECT_EQ(store().folder_of("../../etc").parent_path(), root_);
  EXPECT_EQ(store().folder_of("..").parent_path(), root_);
  EXPECT_NE(store().folder_of("..").filename(), "..");
}

TEST_F(StoreTest, SaysWhyAFolderCannotBeRead) {
  ASSERT_TRUE(write_file(root_ / "shop", "a file where the folder should be"));
  EXPECT_THAT(complaint(), StartsWith("cannot read the baseline in "));
}

TEST_F(StoreTest, PruningKeepsTheNewestOfEachEnvironment) {
  for (const int minute : {1, 2, 3}) ASSERT_TRUE(store().add(digest(minute)));
  ASSERT_TRUE(store().add(digest(0, "Intel Xeon")));
  const auto removed = store().prune("shop", 2);
  ASSERT_TRUE(removed) << removed.error().text;
  ASSERT_EQ(removed->size(), 1U);
  EXPECT_THAT(removed->front().filename().string(), StartsWith("2026-11-22T03-05-05Z"));
  EXPECT_EQ(store().runs("shop")->size(), 3U);
}

TEST_F(StoreTest, PruningRemovesNothingBesideADamagedFile) {
  for (const int minute : {1, 2, 3}) ASSERT_TRUE(store().add(digest(minute)));
  put("damaged.json", "{");
  EXPECT_FALSE(store().prune("shop", 1));
  EXPECT_EQ(files().size(), 4U);
}

TEST_F(StoreTest, PruningKeepsTheNewestAcceptedRunBecauseItSaysWhichCount) {
  metrics::RunDigest accepted = digest(0);
  accepted.accepted = "taxes are worked out now";
  ASSERT_TRUE(store().add(accepted));
  for (const int minute : {1, 2, 3}) ASSERT_TRUE(store().add(digest(minute)));
  const auto removed = store().prune("shop", 2);
  ASSERT_TRUE(removed) << removed.error().text;
  ASSERT_EQ(removed->size(), 1U);
  EXPECT_EQ(store().runs("shop")->front().digest.accepted, "taxes are worked out now");
}

TEST_F(StoreTest, PinnedRunsStayWhenOthersArePruned) {
  for (const int minute : {1, 2, 3, 4, 5}) ASSERT_TRUE(store().add(digest(minute)));
  const auto pinned = store().pin("shop");
  ASSERT_TRUE(pinned) << pinned.error().text;
  EXPECT_EQ(*pinned, 5U);
  ASSERT_TRUE(store().prune("shop", 1));
  EXPECT_EQ(store().runs("shop")->size(), 1U);
  EXPECT_EQ(store().anchor("shop")->size(), 5U);
}

TEST_F(StoreTest, PinningAgainReplacesTheAnchor) {
  for (const int minute : {1, 2, 3, 4, 5}) ASSERT_TRUE(store().add(digest(minute)));
  ASSERT_TRUE(store().pin("shop"));
  for (const int minute : {6, 7, 8, 9}) ASSERT_TRUE(store().add(digest(minute)));
  ASSERT_TRUE(store().prune("shop", 6));
  ASSERT_TRUE(store().pin("shop"));
  const auto anchor = store().anchor("shop");
  ASSERT_TRUE(anchor) << anchor.error().text;
  ASSERT_EQ(anchor->size(), 6U);
  EXPECT_EQ(anchor->front().digest.started, digest(4).started);
}

TEST_F(StoreTest, RefusesToPinFewerThanFiveRuns) {
  for (const int minute : {1, 2, 3, 4}) ASSERT_TRUE(store().add(digest(minute)));
  const auto pinned = store().pin("shop");
  ASSERT_FALSE(pinned);
  EXPECT_EQ(pinned.error().text, "an anchor needs at least 5 runs, and " +
                                     (root_ / "shop").string() + " holds 4: record more");
  EXPECT_TRUE(store().anchor("shop")->empty());
}

}  // namespace
}  // namespace loadgate::baseline
