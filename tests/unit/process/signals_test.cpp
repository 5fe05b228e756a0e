#include "process/signals.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>

namespace loadgate::process {
namespace {

TEST(StopSignals, CountInterruptsAndTerminations) {
  const std::atomic<int>& stops = watch_stop_signals();
  const int before = stops;
  std::raise(SIGINT);
  EXPECT_EQ(stops, before + 1);
  std::raise(SIGTERM);
  EXPECT_EQ(stops, before + 2);
}

TEST(StopSignals, CountARequestFromElsewhereToo) {
  const std::atomic<int>& stops = watch_stop_signals();
  const int before = stops;
  request_stop();
  EXPECT_EQ(stops, before + 1);
}

TEST(StopSignals, GoOnCountingWhereTheyAreWatchedTwice) {
  const int before = watch_stop_signals();
  std::raise(SIGINT);
  EXPECT_EQ(watch_stop_signals(), before + 1);
}

TEST(StopSignals, AClosedPipeIsAnErrorNotADeath) {
  watch_stop_signals();
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  ::close(ends[0]);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  ::close(ends[1]);
}

}  // namespace
}  // namespace loadgate::process
