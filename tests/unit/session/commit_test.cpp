#include "session/commit.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "base/file.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

const std::string kCommit = "0123456789abcdef0123456789abcdef01234567";

class CommitTest : public testing::Test {
 protected:
  CommitTest() {
    std::string pattern = (fs::temp_directory_path() / "loadgate-commit-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~CommitTest() override { fs::remove_all(folder_); }

  void write(const std::string& path, const std::string& content) {
    ASSERT_TRUE(write_file(folder_ / path, content));
  }
  std::string commit_around_plan() {
    return commit_around((folder_ / "configs/plan.yaml").string());
  }

  fs::path folder_;
};

TEST_F(CommitTest, FollowsTheBranchThatIsCheckedOut) {
  write(".git/HEAD", "ref: refs/heads/main\n");
  write(".git/refs/heads/main", kCommit + "\n");
  EXPECT_EQ(commit_around_plan(), kCommit);
}

TEST_F(CommitTest, ReadsADetachedHead) {
  write(".git/HEAD", kCommit + "\n");
  EXPECT_EQ(commit_around_plan(), kCommit);
}

TEST_F(CommitTest, FindsAPackedBranch) {
  write(".git/HEAD", "ref: refs/heads/main\n");
  write(".git/packed-refs", "# pack-refs with: peeled\n" + kCommit + " refs/heads/main\n");
  EXPECT_EQ(commit_around_plan(), kCommit);
}

TEST_F(CommitTest, FollowsAWorktreeToItsRepo) {
  write("repo/.git/worktrees/one/HEAD", "ref: refs/heads/feature\n");
  write("repo/.git/worktrees/one/commondir", "../..\n");
  write("repo/.git/refs/heads/feature", kCommit + "\n");
  write(".git", "gitdir: " + (folder_ / "repo/.git/worktrees/one").string() + "\n");
  EXPECT_EQ(commit_around_plan(), kCommit);
}

TEST_F(CommitTest, IsEmptyWhereGitHoldsNoCommitYet) {
  write(".git/HEAD", "ref: refs/heads/main\n");
  EXPECT_EQ(commit_around_plan(), "");
}

TEST_F(CommitTest, IgnoresWhatIsNoCommit) {
  write(".git/HEAD", "<script>\n");
  EXPECT_EQ(commit_around_plan(), "");
}

}  // namespace
}  // namespace loadgate::session
