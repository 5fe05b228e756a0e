#include "service/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "support/script_folder.h"

namespace loadgate::service {
namespace {

using namespace std::chrono_literals;
using support::expect_end;
using testing::ElementsAre;
using testing::HasSubstr;

// Services are shell scripts in a folder of their own, ready once they made the file
// "ready".
class ServiceTest : public testing::Test {
 protected:
  ServiceTest() {
    start_.directory = folder_.path();
    start_.port = 8123;
    options_.probe = {"http://it", [this](Nanoseconds) -> Result<void> {
                        if (std::filesystem::exists(folder_.path() / "ready")) return {};
                        return failure("connection refused");
                      }};
    options_.within = 20s;
    options_.log = log();
    options_.stop_request = &stop_request_;
    options_.say = [this](const std::string& line) { said_.push_back(line); };
    options_.mask = [](std::string text) { return text; };
  }

  std::filesystem::path log() const { return folder_.path() / "out" / "service.log"; }

  Service service(const std::string& command) {
    start_.command = command;
    return {start_, options_};
  }

  // How a start failed.
  static std::vector<std::string> reasons(const tl::expected<Started, Trouble>& started) {
    return started ? std::vector<std::string>{"no trouble"} : started.error().reasons();
  }

  pid_t pid() const { return folder_.number_from("pid"); }

  // Waits for the end of what runs, which is not our child.
  static std::optional<Trouble> death_of(Service& service, pid_t pid) {
    expect_end(pid);
    const TimePoint until = SteadyClock().now() + 20s;
    for (;;) {
      std::optional<Trouble> death = service.death(SteadyClock().now());
      if (death || SteadyClock().now() > until) return death;
    }
  }

  // What a service does that becomes ready and stays.
  static constexpr const char* kServe = "echo $$ > pid; : > ready; exec sleep 100";

  support::ScriptFolder folder_;
  plan::Start start_;
  Options options_;
  std::atomic<int> stop_request_{0};
  std::vector<std::string> said_;
};

TEST_F(ServiceTest, IsReadyOnceItAnswersAndStopsOnOurWord) {
  Service it = service(kServe);
  const auto started = it.start();
  ASSERT_TRUE(started) << reasons(started).front();
  EXPECT_EQ(*started, Started::ready);
  EXPECT_EQ(it.death({}), std::nullopt);
  EXPECT_THAT(said_, ElementsAre("starting the service: " + std::string(kServe) +
                                     " (its log: " + log().string() + ")",
                                 HasSubstr("the service is ready after ")));
  it.stop();
  expect_end(pid());
  it.stop();
}

TEST_F(ServiceTest, KnowsItsPortAndItsEnvironment) {
  start_.environment = {{"COLOUR", "green"}};
  Service it = service("echo $PORT $COLOUR; exit 1");
  EXPECT_THAT(reasons(it.start()),
              ElementsAre("the service ended before it was ready (exit status 1): 8123 green"));
}

TEST_F(ServiceTest, ThePlansOwnPortIsItsPort) {
  start_.environment = {{"PORT", "9"}};
  Service it = service("echo $PORT; exit 1");
  EXPECT_THAT(reasons(it.start()),
              ElementsAre("the service ended before it was ready (exit status 1): 9"));
}

TEST_F(ServiceTest, ThatDiesAtItsStartIsQuoted) {
  Service it = service("echo Traceback:; echo address already in use >&2; exit 3");
  EXPECT_THAT(
      reasons(it.start()),
      ElementsAre("the service ended before it was ready (exit status 3): address already "
                  "in use",
                  "the last lines in " + log().string() + ": Traceback: ⏎ address already in use"));
}

TEST_F(ServiceTest, ThatIsNeverReadyIsStopped) {
  options_.within = 200ms;
  Service it = service("echo $$ > pid; exec sleep 100");
  EXPECT_THAT(reasons(it.start()),
              ElementsAre("the service was not ready within 200ms (connection refused), and "
                          "printed nothing"));
  expect_end(pid());
}

TEST_F(ServiceTest, IsNotStartedWhereSomeoneElseAnswers) {
  std::ofstream(folder_.path() / "ready") << "";
  Service it = service("echo $$ > pid");
  EXPECT_THAT(reasons(it.start()),
              ElementsAre("http://it answers before the service is started: something else runs "
                          "there; stop it, or give the service a port of its own with {{ port }}"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "pid"));
}

TEST_F(ServiceTest, IsStoppedWhereTheStartIsInterrupted) {
  options_.probe.ask = [this](Nanoseconds) -> Result<void> {
    if (std::filesystem::exists(folder_.path() / "begun")) stop_request_ = 1;
    return failure("connection refused");
  };
  Service it = service("echo $$ > pid; : > begun; exec sleep 100");
  EXPECT_EQ(it.start(), Started::interrupted);
  expect_end(pid());
}

TEST_F(ServiceTest, IsNotStartedAfterAnInterrupt) {
  stop_request_ = 1;
  Service it = service("echo $$ > pid");
  EXPECT_EQ(it.start(), Started::interrupted);
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "pid"));
}

TEST_F(ServiceTest, ThatEndsByItselfIsMissed) {
  folder_.make_pipe("go");
  Service it = service("echo $$ > pid; : > ready; read -r word < go; echo bye; exit 4");
  ASSERT_EQ(it.start(), Started::ready);
  const TimePoint began = SteadyClock().now() - 12s;
  std::ofstream(folder_.path() / "go") << "now\n";
  ASSERT_TRUE(death_of(it, pid()));
  EXPECT_THAT(it.death(began)->reasons(),
              ElementsAre("the service ended by itself 12s into the run (exit status 4): bye"));
}

TEST_F(ServiceTest, StartsAgainWithItsLogGoingOn) {
  Service it = service("echo begun; " + std::string(kServe));
  ASSERT_EQ(it.start(), Started::ready);
  it.stop();
  std::filesystem::remove(folder_.path() / "ready");
  ASSERT_EQ(it.start(), Started::ready);
  EXPECT_EQ(folder_.content("out/service.log"), "begun\nbegun\n");
}

TEST_F(ServiceTest, QuotesNothingOfTheStartBefore) {
  Service it = service("if [ -e pid ]; then exit 1; fi; echo begun; " + std::string(kServe));
  ASSERT_EQ(it.start(), Started::ready);
  it.stop();
  std::filesystem::remove(folder_.path() / "ready");
  EXPECT_THAT(reasons(it.start()),
              ElementsAre("the service ended before it was ready (exit status 1), and printed "
                          "nothing"));
}

TEST_F(ServiceTest, TheLogOfAnEarlierInvocationIsReplaced) {
  std::filesystem::create_directories(log().parent_path());
  std::ofstream(log()) << "old\n";
  Service it = service(kServe);
  ASSERT_EQ(it.start(), Started::ready);
  EXPECT_EQ(folder_.content("out/service.log"), "");
}

TEST_F(ServiceTest, TheLogThatAnotherBeganGoesOn) {
  start_.prepare = "echo prepared";
  Service first = service("echo first; " + std::string(kServe));
  ASSERT_EQ(first.start(), Started::ready);
  first.stop();
  std::filesystem::remove(folder_.path() / "ready");
  options_.appends = true;
  Service second = service("echo second; " + std::string(kServe));
  ASSERT_EQ(second.start(), Started::ready);
  EXPECT_EQ(folder_.content("out/service.log"), "prepared\nfirst\nprepared\nsecond\n");
}

TEST_F(ServiceTest, ALogThatNobodyBeganIsBegun) {
  options_.appends = true;
  Service it = service("echo begun; " + std::string(kServe));
  ASSERT_EQ(it.start(), Started::ready);
  EXPECT_EQ(folder_.content("out/service.log"), "begun\n");
}

TEST_F(ServiceTest, IsPreparedOnceBeforeTheFirstStart) {
  start_.prepare = "echo prepared";
  Service it = service("echo begun; " + std::string(kServe));
  ASSERT_EQ(it.start(), Started::ready);
  it.stop();
  std::filesystem::remove(folder_.path() / "ready");
  ASSERT_EQ(it.start(), Started::ready);
  EXPECT_EQ(folder_.content("out/service.log"), "prepared\nbegun\nbegun\n");
  EXPECT_EQ(said_.front(), "preparing the service: echo prepared");
}

TEST_F(ServiceTest, AFailedPreparationIsQuotedAndNothingIsStarted) {
  start_.prepare = "echo no such table; exit 2";
  Service it = service("echo $$ > pid");
  EXPECT_THAT(reasons(it.start()), ElementsAre("prepare failed (exit status 2): no such table"));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "pid"));
}

TEST_F(ServiceTest, AnInterruptedPreparationIsStopped) {
  start_.prepare = "echo $$ > pid; exec sleep 100";
  stop_request_ = 1;
  Service it = service("true");
  EXPECT_EQ(it.start(), Started::interrupted);
}

TEST_F(ServiceTest, WhatPrepareLeavesStaysUntilTheEnd) {
  start_.prepare = "setsid sleep 100 & echo $! > database";
  {
    Service it = service(kServe);
    ASSERT_EQ(it.start(), Started::ready);
    it.stop();
    EXPECT_EQ(::kill(folder_.number_from("database"), 0), 0);
  }
  expect_end(folder_.number_from("database"));
}

TEST_F(ServiceTest, NothingIsLeftByTheDestructor) {
  {
    Service it = service(kServe);
    ASSERT_EQ(it.start(), Started::ready);
  }
  expect_end(pid());
}

TEST_F(ServiceTest, WhatIsSaidIsMasked) {
  options_.mask = [](std::string text) {
    for (std::size_t at = 0; (at = text.find("hunter2", at)) != std::string::npos;) {
      text.replace(at, 7, "***");
    }
    return text;
  };
  Service it = service("echo password hunter2; exit 1 # hunter2");
  EXPECT_THAT(reasons(it.start()),
              ElementsAre("the service ended before it was ready (exit status 1): password ***"));
  EXPECT_THAT(said_.front(), testing::Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace loadgate::service
