#include "process/kept.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>

#include "support/script_folder.h"

namespace loadgate::process {
namespace {

using namespace std::chrono_literals;
using support::expect_end;
using support::ScriptFolder;

constexpr Nanoseconds kLong = 20s;  // Never waited out where the code is right.

class KeptTest : public testing::Test {
 protected:
  Kept start(const std::string& text, decltype(Command::environment) environment = {}) {
    Result<Kept> kept = Kept::start(
        {.text = text, .directory = folder_.path(), .log = log(), .environment = environment});
    if (!kept) {
      ADD_FAILURE() << kept.error().text;
      std::abort();
    }
    return std::move(*kept);
  }

  std::filesystem::path log() const { return folder_.path() / "log"; }

  // Runs the command to its end.
  std::string output_of(const std::string& text, decltype(Command::environment) environment = {}) {
    Kept kept = start(text, std::move(environment));
    EXPECT_TRUE(kept.ended(kLong));
    return folder_.content("log");
  }

  std::string ending_of(const std::string& text) {
    Kept kept = start(text);
    const std::optional<Ending>& ending = kept.ended(kLong);
    return ending ? describe(*ending) : "still runs";
  }

  // Runs while `kept` does, and has told us so through a pipe.
  std::string telling(const std::string& name) {
    folder_.make_pipe(name);
    return "echo $$ > " + name + "; ";
  }

  ScriptFolder folder_;
};

TEST_F(KeptTest, OutputAndErrorsAreAppendedToTheLog) {
  EXPECT_EQ(output_of("echo one; echo two >&2"), "one\ntwo\n");
  EXPECT_EQ(output_of("echo three"), "one\ntwo\nthree\n");
}

TEST_F(KeptTest, RunsInItsDirectoryWithoutInput) {
  EXPECT_EQ(output_of("pwd; read -r nothing || echo no input"),
            folder_.path().string() + "\nno input\n");
}

TEST_F(KeptTest, TheEnvironmentIsOursWithMore) {
  ::setenv("KEPT_TEST_OURS", "ours", 1);
  ::setenv("KEPT_TEST_PORT", "1", 1);
  EXPECT_EQ(output_of("echo $KEPT_TEST_OURS $KEPT_TEST_PORT; env | grep -c KEPT_TEST_PORT",
                      {{"KEPT_TEST_PORT", "8000"}}),
            "ours 8000\n1\n");
}

TEST_F(KeptTest, InheritsNeitherDescriptorsNorSignals) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);  // Not close-on-exec, as a caller's may be.
  ::signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(output_of("echo /proc/self/fd/*; grep -E 'Sig(Blk|Ign)' /proc/self/status"),
            "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n"
            "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
  ::signal(SIGPIPE, SIG_DFL);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(KeptTest, FindsTheLimitOfFilesThatWeWereStartedWith) {
  const std::string first = output_of("ulimit -n");
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  const rlimit lower{limit.rlim_cur - 1, limit.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &lower), 0);
  EXPECT_EQ(output_of("ulimit -n"), first + first);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
}

TEST_F(KeptTest, SaysHowItEnded) {
  EXPECT_EQ(ending_of("true"), "exit status 0");
  EXPECT_EQ(ending_of("exit 7"), "exit status 7");
  EXPECT_EQ(ending_of("kill -SEGV $$"), "killed by SIGSEGV");
  EXPECT_EQ(ending_of("(kill -KILL $(exec sh -c 'echo $PPID')); exit $?"),
            "exit status 137, SIGKILL");
  EXPECT_EQ(ending_of("exit 255"), "exit status 255");
}

TEST_F(KeptTest, AnEndIsSeenWithoutWaiting) {
  Kept kept = start(telling("begun") + "exec sleep 100");
  const pid_t pid = folder_.number_from("begun");
  EXPECT_FALSE(kept.ended());
  const TimePoint before = SteadyClock().now();
  ::kill(pid, SIGTERM);
  ASSERT_TRUE(kept.ended(kLong));
  EXPECT_GE(kept.ended()->when, before);
  EXPECT_LE(kept.ended()->when, SteadyClock().now());
}

TEST_F(KeptTest, AMissingDirectoryIsSaidInTheLog) {
  Result<Kept> kept = Kept::start(
      {.text = "true", .directory = folder_.path() / "none", .log = log(), .environment = {}});
  ASSERT_TRUE(kept);
  ASSERT_TRUE(kept->ended(kLong));
  EXPECT_EQ(describe(*kept->ended()), "exit status 127");
  EXPECT_EQ(folder_.content("log"),
            "loadgate: " + (folder_.path() / "none").string() + ": No such file or directory\n");
}

TEST_F(KeptTest, ALogThatCannotBeWrittenIsAnError) {
  const Result<Kept> kept = Kept::start(
      {.text = "true", .directory = ".", .log = "/no/such/folder/log", .environment = {}});
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().text, "cannot write /no/such/folder/log: No such file or directory");
}

TEST_F(KeptTest, StopsOnTheFirstWordWhereItListens) {
  Kept kept =
      start("trap 'echo bye; exit 0' TERM; " + telling("begun") + "while :; do sleep 0.01; done");
  ASSERT_GT(folder_.number_from("begun"), 0);
  EXPECT_EQ(kept.stop(kLong), Kept::Stopped::gently);
  EXPECT_THAT(folder_.content("log"), testing::EndsWith("bye\n"));
}

TEST_F(KeptTest, TwoThatAreAskedEndSideBySide) {
  // Each ends once the other has heard as well.
  const auto waits = [](const std::string& own, const std::string& other) {
    return "trap 'touch " + own + "; while [ ! -e " + other +
           " ]; do sleep 0.01; done; exit 0' TERM; ";
  };
  Kept one = start(waits("one", "two") + telling("one-begun") + "while :; do sleep 0.01; done");
  Kept two = start(waits("two", "one") + telling("two-begun") + "while :; do sleep 0.01; done");
  ASSERT_GT(folder_.number_from("one-begun"), 0);
  ASSERT_GT(folder_.number_from("two-begun"), 0);
  one.ask_to_stop(kLong);
  two.ask_to_stop(kLong);
  EXPECT_EQ(one.stop(kLong), Kept::Stopped::gently);
  EXPECT_EQ(two.stop(kLong), Kept::Stopped::gently);
}

TEST_F(KeptTest, IsKilledWhereItDoesNotListen) {
  Kept kept = start("trap '' TERM; " + telling("begun") + "while :; do sleep 0.01; done");
  const pid_t pid = folder_.number_from("begun");
  EXPECT_EQ(kept.stop(20ms), Kept::Stopped::killed);
  expect_end(pid);
}

TEST_F(KeptTest, ASecondStopRequestDoesNotWait) {
  Kept kept = start("trap '' TERM; " + telling("begun") + "while :; do sleep 0.01; done");
  const pid_t pid = folder_.number_from("begun");
  const std::atomic<int> stop_request{2};
  EXPECT_EQ(kept.stop(kLong, &stop_request), Kept::Stopped::killed);
  expect_end(pid);
}

TEST_F(KeptTest, AStoppedProcessHearsToo) {
  Kept kept = start(telling("begun") + "kill -STOP $$; sleep 100");
  const pid_t pid = folder_.number_from("begun");
  EXPECT_EQ(kept.stop(kLong), Kept::Stopped::gently);
  expect_end(pid);
}

// The way of daemons: two forks and a session of its own.
constexpr const char* kDaemon = "setsid sh -c 'setsid sleep 100 & echo $! > daemon' &";

TEST_F(KeptTest, TakesDaemonsAlong) {
  folder_.make_pipe("daemon");
  Kept kept = start(std::string(kDaemon) + " sleep 100");
  const pid_t daemon = folder_.number_from("daemon");
  EXPECT_EQ(kept.stop(kLong), Kept::Stopped::gently);
  expect_end(daemon);
}

TEST_F(KeptTest, WhatOutlivesTheCommandIsStoppedToo) {
  folder_.make_pipe("daemon");
  Kept kept = start(kDaemon);
  const pid_t daemon = folder_.number_from("daemon");
  ASSERT_TRUE(kept.ended(kLong));
  EXPECT_EQ(::kill(daemon, 0), 0);
  EXPECT_EQ(kept.stop(kLong), Kept::Stopped::gently);
  expect_end(daemon);
}

// A chain of processes, each in a session of its own, that gives way to the next.
TEST_F(KeptTest, WhatForksWhileItIsKilledIsKilledToo) {
  folder_.make_pipe("begun");
  Kept kept = start(
      "trap '' TERM; echo 'sleep 0.02; setsid sh ./next &' > next; setsid sh ./next & "
      "echo $$ > begun");
  const pid_t pid = folder_.number_from("begun");
  EXPECT_EQ(kept.stop(50ms), Kept::Stopped::killed);
  expect_end(pid);
}

TEST_F(KeptTest, AllIsKilledByTheDestructor) {
  folder_.make_pipe("daemon");
  pid_t daemon = -1;
  {
    const Kept kept = start(std::string("trap '' TERM; ") + kDaemon + " sleep 100");
    daemon = folder_.number_from("daemon");
  }
  expect_end(daemon);
}

TEST_F(KeptTest, MovesWithoutBeingStopped) {
  Kept first = start(telling("begun") + "exec sleep 100");
  const pid_t pid = folder_.number_from("begun");
  Kept second = std::move(first);
  EXPECT_FALSE(second.ended());
  EXPECT_EQ(::kill(pid, 0), 0);
}

// The parent here is a fork of ours that dies with SIGKILL, before any destructor.
TEST_F(KeptTest, NothingIsLeftWhereWeDieWithoutADestructor) {
  folder_.make_pipe("daemon");
  const pid_t parent = ::fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    const Kept kept = start(std::string(kDaemon) + " sleep 100");
    ::pause();
  }
  const pid_t daemon = folder_.number_from("daemon");
  ::kill(parent, SIGKILL);
  ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
  expect_end(daemon);
}

TEST_F(KeptTest, AKilledKeeperIsNoSuccessAndTakesTheCommandAlong) {
  folder_.make_pipe("begun");
  Kept kept = start("echo $PPID > begun; exec sleep 100");
  ::kill(folder_.number_from("begun"), SIGKILL);
  ASSERT_TRUE(kept.ended(kLong));
  EXPECT_FALSE(kept.ended()->is_success());
  EXPECT_EQ(describe(*kept.ended()), "its keeper is gone");
}

}  // namespace
}  // namespace loadgate::process
