#include "base/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

namespace loadgate {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FileTest : public testing::Test {
 protected:
  FileTest() {
    std::string pattern = (fs::temp_directory_path() / "loadgate-file-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~FileTest() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(FileTest, ReadsBackWhatWasWrittenIntoANewFolder) {
  const std::string content("a\0b\n", 4);
  ASSERT_TRUE(write_file(folder_ / "deep/er/file", content));
  EXPECT_EQ(*read_file(folder_ / "deep/er/file"), content);
}

TEST_F(FileTest, LeavesNothingBesideTheFile) {
  ASSERT_TRUE(write_file(folder_ / "file", "one"));
  ASSERT_TRUE(write_file(folder_ / "file", "two"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  EXPECT_EQ(*read_file(folder_ / "file"), "two");
}

TEST_F(FileTest, SaysWhichFileAndWhy) {
  const Result<std::string> missing = read_file(folder_ / "missing");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().text, HasSubstr("missing: No such file or directory"));
  ASSERT_TRUE(write_file(folder_ / "file", ""));
  const Result<void> below_a_file = write_file(folder_ / "file" / "below", "");
  ASSERT_FALSE(below_a_file);
  EXPECT_THAT(below_a_file.error().text, HasSubstr("cannot write"));
}

TEST_F(FileTest, KeepsTheOldFileWhereTheNewOneCannotBeMade) {
  fs::create_directories(folder_ / "target");
  ASSERT_TRUE(write_file(folder_ / "target/inside", "old"));
  EXPECT_FALSE(write_file(folder_ / "target", "new"));
  EXPECT_EQ(*read_file(folder_ / "target/inside"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST(WholePath, MeansTheSameInAnyWorkingDirectory) {
  EXPECT_EQ(whole_path("out/report.html"), (fs::current_path() / "out/report.html").string());
  EXPECT_EQ(whole_path("/out/report.html"), "/out/report.html");
}

TEST(WholePath, IsAsGivenWhereItCannotBeTold) { EXPECT_EQ(whole_path(""), ""); }

}  // namespace
}  // namespace loadgate
