#include "process/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "base/units.h"

namespace loadgate::process {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds kLong = 20s;  // Never waited out where the code is right.

Child shell(const std::string& script) {
  Result<Child> child = Child::spawn("/bin/sh", {"-c", script});
  if (!child) {
    ADD_FAILURE() << child.error().text;
    std::abort();
  }
  return std::move(*child);
}

std::string line_of(Child& child, Nanoseconds patience = kLong) {
  const Result<std::string> line = child.read_line(patience);
  return line ? *line : "error: " + line.error().text;
}

pid_t number_of(Child& child) {
  return static_cast<pid_t>(parse_number(line_of(child)).value_or(-1));
}

bool is_reaped(pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) == -1 && errno == ECHILD; }

// Waits for the end of a process that is not our child, where we are its last hope.
void expect_end(pid_t pid) {
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (handle < 0) {
    EXPECT_EQ(errno, ESRCH);
    return;
  }
  pollfd ended{handle, POLLIN, 0};
  EXPECT_EQ(::poll(&ended, 1, 20'000), 1) << "process " << pid << " outlived its group";
  ::close(handle);
}

TEST(Child, PrintsItsArgumentsAsTheyAreWithoutAShell) {
  Result<Child> child = Child::spawn("/bin/echo", {"a b", "$HOME", "*"});
  ASSERT_TRUE(child);
  EXPECT_EQ(line_of(*child), "a b $HOME *");
}

TEST(Child, IsFoundInThePath) {
  Result<Child> child = Child::spawn("echo", {"here"});
  ASSERT_TRUE(child);
  EXPECT_EQ(line_of(*child), "here");
}

TEST(Child, LinesComeOneByOneAndTheLastNeedsNoNewline) {
  Child child = shell("printf 'one\\n\\nthree'");
  EXPECT_EQ(line_of(child), "one");
  EXPECT_EQ(line_of(child), "");
  EXPECT_EQ(line_of(child), "three");
  EXPECT_EQ(line_of(child), "error: /bin/sh ended without printing a line");
}

TEST(Child, ASilentOneIsGivenUpAfterPatience) {
  Child child = shell("sleep 100");
  EXPECT_EQ(line_of(child, 20ms), "error: /bin/sh printed no line within 20ms: timed out");
}

TEST(Child, ALineWithoutEndIsRefused) {
  Child child = shell("yes | tr -d '\\n'");
  EXPECT_EQ(line_of(child), "error: /bin/sh printed a line that is too long");
}

TEST(Child, AMissingProgramIsAnErrorWithTheReason) {
  const Result<Child> missing = Child::spawn("/no/such/program", {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().text, "cannot start /no/such/program: No such file or directory");
  const Result<Child> folder = Child::spawn("/tmp", {});
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().text, "cannot start /tmp: Permission denied");
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a failed start left a child behind";
}

TEST(Child, LeadsAGroupOfItsOwn) {
  const Child child = shell("sleep 100");
  EXPECT_EQ(::getpgid(child.pid()), child.pid());
}

TEST(Child, SaysHowItEnded) {
  Child failed = shell("echo last words; exit 3");
  ASSERT_TRUE(failed.ended(kLong));
  EXPECT_EQ(describe(*failed.ended(kLong)), "exit status 3");
  EXPECT_EQ(line_of(failed), "last words");
  EXPECT_EQ(failed.pid(), -1);
  failed.stop(kLong);
  EXPECT_TRUE(shell("true").ended(kLong)->is_success());
  EXPECT_EQ(describe(*shell("kill -KILL $$").ended(kLong)), "killed by SIGKILL");
}

TEST(Child, HasNotEndedWhileItRuns) {
  Child child = shell("exec sleep 100");
  EXPECT_FALSE(child.ended(Nanoseconds::zero()));
  EXPECT_GT(child.pid(), 0);
}

TEST(Child, WhatIsLeftOfItsGroupAfterItsEndIsKilled) {
  Child child = shell("sleep 100 & echo $!");
  const pid_t rest = number_of(child);
  ASSERT_GT(rest, 0);
  ASSERT_TRUE(child.ended(kLong));
  expect_end(rest);
}

TEST(Child, ItsEndMovesAlong) {
  Child first = shell("exit 3");
  ASSERT_TRUE(first.ended(kLong));
  Child second = std::move(first);
  EXPECT_EQ(describe(*second.ended(kLong)), "exit status 3");
}

TEST(Child, StopsOnTheFirstWordWhereItListens) {
  Child child = shell("trap 'exit 0' TERM; echo ready; while :; do sleep 0.01; done");
  ASSERT_EQ(line_of(child), "ready");
  const pid_t pid = child.pid();
  child.stop(kLong);
  EXPECT_TRUE(is_reaped(pid));
  EXPECT_EQ(child.pid(), -1);
  child.stop(kLong);
}

TEST(Child, IsKilledWhereItDoesNotListen) {
  Child child = shell("trap '' TERM; echo ready; while :; do sleep 0.01; done");
  ASSERT_EQ(line_of(child), "ready");
  const pid_t pid = child.pid();
  child.stop(20ms);
  EXPECT_TRUE(is_reaped(pid));
}

TEST(Child, TakesItsOwnChildrenAlong) {
  Child child = shell("sleep 100 & echo $!; wait");
  const pid_t grandchild = number_of(child);
  ASSERT_GT(grandchild, 0);
  child.stop(kLong);
  expect_end(grandchild);
}

TEST(Child, WhatOutlivesTheLeaderOfTheGroupIsKilledToo) {
  Child child = shell("trap '' TERM; sleep 100 & echo $!");
  const pid_t deaf = number_of(child);
  ASSERT_GT(deaf, 0);
  child.stop(kLong);
  expect_end(deaf);
}

TEST(Child, IsStoppedByItsDestructor) {
  pid_t pid = -1;
  {
    const Child child = shell("exec sleep 100");
    pid = child.pid();
  }
  EXPECT_TRUE(is_reaped(pid));
}

TEST(Child, MovesWithoutBeingStopped) {
  Child first = shell("echo one; echo two; exec sleep 100");
  const pid_t pid = first.pid();
  ASSERT_EQ(line_of(first), "one");
  Child second = std::move(first);
  EXPECT_EQ(second.pid(), pid);
  EXPECT_EQ(line_of(second), "two");
  EXPECT_FALSE(is_reaped(pid));
}

TEST(Child, AssigningStopsTheOneBefore) {
  Child child = shell("exec sleep 100");
  const pid_t before = child.pid();
  child = shell("echo next; exec sleep 100");
  EXPECT_TRUE(is_reaped(before));
  EXPECT_EQ(line_of(child), "next");
}

TEST(Child, InheritsNoBlockedSignalsAndNoInput) {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before);
  Child child = shell("read -r nothing || echo no input; exec grep SigBlk /proc/self/status");
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(line_of(child), "no input");
  EXPECT_EQ(line_of(child), "SigBlk:\t0000000000000000");
}

TEST(Child, InheritsNothingOfTheChildrenBeforeIt) {
  const std::string list = "echo /proc/self/fd/*; exec sleep 100";
  Child first = shell(list);
  Child second = shell(list);
  EXPECT_EQ(line_of(second), line_of(first));
}

// The parent here is a fork of ours that dies with SIGKILL, before any destructor.
TEST(Child, DiesWithUsWhereWeDieWithoutADestructor) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    const Child child = shell("exec sleep 100");
    const pid_t pid = child.pid();
    [[maybe_unused]] const ssize_t told = ::write(ends[1], &pid, sizeof pid);
    ::raise(SIGKILL);
  }
  pid_t orphan = -1;
  ASSERT_EQ(::read(ends[0], &orphan, sizeof orphan), static_cast<ssize_t>(sizeof orphan));
  ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
  expect_end(orphan);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(OwnProgram, IsThisTest) {
  EXPECT_EQ(std::filesystem::path(own_program()).filename(), "unit_process");
}

}  // namespace
}  // namespace loadgate::process
