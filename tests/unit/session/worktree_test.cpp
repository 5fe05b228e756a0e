#include "session/worktree.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "base/file.h"
#include "support/script_folder.h"

namespace loadgate::session {
namespace {

namespace fs = std::filesystem;

// A repo of one commit, folders for temporary files of its own, and a way to be told lies
// by git.
class WorktreeTest : public testing::Test {
 protected:
  WorktreeTest() {
    run("mkdir repo tmp bin && cd repo && git init -q . && git config user.email a@b.c && "
        "git config user.name a && echo 1 > version && git add . && git commit -qm one");
    ::setenv("TMPDIR", (folder_.path() / "tmp").c_str(), 1);
  }
  ~WorktreeTest() override {
    ::unsetenv("TMPDIR");
    ::setenv("PATH", path_.c_str(), 1);
  }

  void run(const std::string& command) const {
    const std::string line = "cd '" + folder_.path().string() + "' && " + command;
    ASSERT_EQ(std::system(line.c_str()), 0) << command;
  }

  // From now on `git worktree add` is this script; $real is the true git.
  void fake_checkout(const std::string& script) {
    ASSERT_TRUE(write_file(folder_.path() / "bin/git",
                           "#!/bin/sh\nPATH='" + path_ + "'; real=$(command -v git)\n" +
                               "case \"$*\" in *'worktree add'*)\n" + script +
                               "\nesac\nexec \"$real\" \"$@\"\n"));
    run("chmod +x bin/git");
    ::setenv("PATH", (folder_.path() / "bin:").string().append(path_).c_str(), 1);
  }

  fs::path repo() const { return folder_.path() / "repo"; }

  std::string error_of(const std::atomic<int>* stop_request = nullptr) const {
    const auto worktree = Worktree::check_out("HEAD", repo(), stop_request);
    return worktree ? "no error" : worktree.error().text;
  }

  void expect_nothing_left() const {
    EXPECT_TRUE(fs::is_empty(folder_.path() / "tmp"));
    run("test $(git -C repo worktree list | wc -l) = 1");
  }

  // The folder of a loadgate that was killed.
  fs::path left_behind() const {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t killed = ::fork();
    if (killed == 0) {
      const auto worktree = Worktree::check_out("HEAD", repo());
      const std::string folder = worktree ? worktree->folder().string() : "";
      [[maybe_unused]] const ssize_t told = ::write(ends[1], folder.data(), folder.size());
      ::raise(SIGKILL);
    }
    ::close(ends[1]);
    char folder[4096] = {};
    EXPECT_GT(::read(ends[0], folder, sizeof folder - 1), 0);
    ::close(ends[0]);
    EXPECT_EQ(::waitpid(killed, nullptr, 0), killed);
    return fs::path(folder).lexically_normal();
  }

  support::ScriptFolder folder_;
  const std::string path_ = ::getenv("PATH");
};

TEST_F(WorktreeTest, IsRemovedAgain) {
  {
    const auto worktree = Worktree::check_out("HEAD", repo());
    ASSERT_TRUE(worktree) << worktree.error().text;
    EXPECT_EQ(*read_file(worktree->folder() / "version"), "1\n");
  }
  expect_nothing_left();
}

TEST_F(WorktreeTest, IsGivenUpAndRemovedOnAStopRequest) {
  folder_.make_pipe("begun");
  fake_checkout("\"$real\" \"$@\"; echo > '" + (folder_.path() / "begun").string() +
                "'; exec sleep 100");
  std::atomic<int> stop_request{0};
  std::thread user([&] {
    std::string line;
    std::ifstream begun(folder_.path() / "begun");
    std::getline(begun, line);
    stop_request = 1;
  });
  EXPECT_EQ(error_of(&stop_request), "interrupted");
  user.join();
  expect_nothing_left();
}

TEST_F(WorktreeTest, IsNotBegunAfterAStopRequest) {
  const std::atomic<int> stop_request{1};
  EXPECT_EQ(error_of(&stop_request), "interrupted");
  expect_nothing_left();
}

TEST_F(WorktreeTest, APartialCheckoutIsNone) {
  fake_checkout("\"$real\" \"$@\"; exit 1");
  EXPECT_EQ(error_of(), "git could not check out \"HEAD\" (its reason stands above)");
  expect_nothing_left();
}

TEST_F(WorktreeTest, ACheckoutOfAGitThatWasKilledIsNone) {
  fake_checkout("\"$real\" \"$@\"; kill -KILL $$");
  EXPECT_EQ(error_of(), "git worktree was killed by SIGKILL");
  expect_nothing_left();
}

TEST_F(WorktreeTest, ALockedHalfIsRemovedToo) {
  fake_checkout(
      "\"$real\" \"$@\"; for root in \"$TMPDIR\"/*; do :; done\n"
      "\"$real\" -C \"$root\" worktree lock \"$root\"; rm \"$root/.git\"; kill -KILL $$");
  EXPECT_EQ(error_of(), "git worktree was killed by SIGKILL");
  expect_nothing_left();
}

TEST_F(WorktreeTest, WhatAKilledLoadgateLeftIsRemovedByTheNext) {
  const fs::path old = left_behind();
  ASSERT_TRUE(fs::exists(old / "version"));
  run("git -C repo worktree lock '" + old.string() + "'");
  {
    const auto worktree = Worktree::check_out("HEAD", repo());
    ASSERT_TRUE(worktree);
    EXPECT_FALSE(fs::exists(old));
    EXPECT_TRUE(fs::exists(worktree->folder() / "version"));
  }
  expect_nothing_left();
}

TEST_F(WorktreeTest, ThatOfALivingLoadgateStays) {
  const auto living = Worktree::check_out("HEAD", repo());
  const auto next = Worktree::check_out("HEAD", repo());
  ASSERT_TRUE(living);
  ASSERT_TRUE(next);
  EXPECT_TRUE(fs::exists(living->folder() / "version"));
}

TEST_F(WorktreeTest, WorktreesOfOthersStay) {
  for (const char* name :
       {"loadgate-base-", "loadgate-base-x-y", "loadgate-base-0-abcdef", "own"}) {
    run("git -C repo worktree add -q --detach ../tmp/" + std::string(name));
  }
  ASSERT_EQ(error_of(), "no error");
  run("test $(ls tmp | wc -l) = 4");
}

}  // namespace
}  // namespace loadgate::session
