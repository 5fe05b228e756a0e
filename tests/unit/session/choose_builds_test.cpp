#include "session/choose_builds.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>

#include "base/file.h"
#include "support/script_folder.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

class ChooseBuildsTest : public testing::Test {
 protected:
  void write(const std::string& path, const std::string& content) const {
    ASSERT_TRUE(write_file(folder_.path() / path, content));
  }

  void run(const std::string& command) const {
    const std::string line = "cd '" + folder_.path().string() + "' && " + command;
    ASSERT_EQ(std::system(line.c_str()), 0) << command;
  }

  // A repo whose commit "first" has version 1 and whose checkout has version 2.
  void make_repo() const {
    run("git init -q . && git config user.email a@b.c && git config user.name a");
    write("shop/version", "1");
    write("shop/plan.yaml", "");
    run("git add . && git commit -qm one && git tag first");
    write("shop/version", "2");
    run("git commit -qam two");
  }

  std::string plan() const { return folder_.path() / "shop/plan.yaml"; }

  support::ScriptFolder folder_;
};

BuildChoice in_folders(const fs::path& base, const fs::path& head) {
  BuildChoice choice;
  choice.base_dir = base;
  choice.head_dir = head;
  return choice;
}

BuildChoice at_base_address(const std::string& address) {
  BuildChoice choice;
  choice.base_address = address;
  return choice;
}

std::string error_of(const BuildChoice& choice, const std::string& plan) {
  const auto chosen = choose_builds(choice, plan);
  return chosen ? "no error" : chosen.error().text;
}

TEST_F(ChooseBuildsTest, ChecksACommitOutBesideAndRemovesItAgain) {
  make_repo();
  fs::path base;
  {
    const auto chosen = choose_builds({.base_ref = "first"}, plan());
    ASSERT_TRUE(chosen) << chosen.error().text;
    base = chosen->builds.base.directory;
    EXPECT_EQ(*read_file(base / "version"), "1");
    EXPECT_EQ(*read_file(chosen->builds.head.directory / "version"), "2");
    EXPECT_EQ(chosen->builds.base.text.substr(0, 7), "first (");
    EXPECT_EQ(chosen->base_plan, base / "plan.yaml");
  }
  EXPECT_FALSE(fs::exists(base));
  run("test $(git worktree list | wc -l) = 1");
}

TEST_F(ChooseBuildsTest, SaysWhereAShallowCloneLacksTheCommit) {
  make_repo();
  EXPECT_EQ(error_of({.base_ref = "origin/main"}, plan()),
            "git knows no commit \"origin/main\" here; a shallow clone has only its own: fetch it "
            "(git fetch origin origin/main), or in GitHub Actions check out with fetch-depth: 0");
}

TEST_F(ChooseBuildsTest, SaysWhereTheCommitHasNoSuchFolder) {
  make_repo();
  run("mkdir other && cp shop/plan.yaml other && git add . && git commit -qm three");
  EXPECT_EQ(error_of({.base_ref = "first"}, folder_.path() / "other/plan.yaml"),
            "\"first\" has no folder other/");
}

TEST_F(ChooseBuildsTest, TakesFoldersAsTheyAre) {
  const auto chosen = choose_builds(in_folders(folder_.path(), {}), "configs/plan.yaml");
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->builds.base.directory, folder_.path());
  EXPECT_EQ(chosen->builds.head.directory, "configs") << "the plan's own folder";
  EXPECT_EQ(chosen->base_plan, folder_.path() / "plan.yaml");
}

TEST_F(ChooseBuildsTest, FindsThePlanOfBaseWhereHeadHasIt) {
  const auto plan_of_base = [this](const fs::path& plan) {
    return choose_builds(in_folders("/", folder_.path()), plan.string())->base_plan;
  };
  EXPECT_EQ(plan_of_base(folder_.path() / "load/plan.yaml"), "/load/plan.yaml");
  EXPECT_EQ(plan_of_base("/elsewhere/plan.yaml"), "/plan.yaml");
}

TEST_F(ChooseBuildsTest, RefusesWhatDoesNotNameTwoBuilds) {
  constexpr const char* kOneWay =
      "say which builds to compare in one way: --base-ref main, or --base-dir DIR with "
      "--head-dir DIR, or --base URL with --head URL";
  EXPECT_EQ(error_of({}, "plan.yaml"), kOneWay);
  EXPECT_EQ(error_of({.base_ref = "main", .base_dir = "."}, "plan.yaml"), kOneWay);
  EXPECT_EQ(error_of(in_folders({}, "."), "plan.yaml"), "--head-dir goes with --base-dir DIR");
  EXPECT_EQ(error_of(at_base_address("http://127.0.0.1:1"), "plan.yaml"),
            "--base URL and --head URL go together: each is where one build runs");
  BuildChoice twice = at_base_address("http://127.0.0.1:1");
  twice.head_address = twice.base_address;
  EXPECT_EQ(error_of(twice, "plan.yaml"),
            "--base and --head are the same address, so there is nothing to compare");
  EXPECT_EQ(error_of(in_folders("no/such", {}), "plan.yaml"), "--base-dir: no/such is no folder");
}

}  // namespace
}  // namespace loadgate::session
