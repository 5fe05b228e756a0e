#include "live/progress_line.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"

namespace loadgate::live {
namespace {

load::Progress at(std::chrono::milliseconds elapsed) {
  load::Progress now;
  now.elapsed = elapsed;
  now.length = std::chrono::seconds(130);
  now.stage = "peak";
  now.users = 100;
  now.requests_per_second = 298.4;
  now.p95 = std::chrono::microseconds(241'300);
  now.requests = 12'000;
  now.failures = 17;
  return now;
}

TEST(ProgressLine, RedrawsOneLineOnATerminal) {
  std::ostringstream out;
  ProgressLine line(out, true, 80);

  line.progress(at(std::chrono::milliseconds(83'200)));
  line.progress(at(std::chrono::milliseconds(84'200)));

  EXPECT_EQ(out.str(),
            "\r\x1b[Kpeak  1m23s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed"
            "\r\x1b[Kpeak  1m24s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed");
}

// A duet names its epoch where a run names its stage.
TEST(ProgressLine, OfADuetSaysWhichEpochItIs) {
  std::ostringstream out;
  load::Progress now = at(std::chrono::seconds(60));
  now.stage = "epoch 7 of at most 20";
  now.length = std::chrono::seconds(160);
  ProgressLine(out, false, 80).progress(now);
  EXPECT_EQ(
      out.str(),
      "epoch 7 of at most 20  1m of 2m40s  100 users  298 requests/s  p95 241 ms  17 failed\n");
}

TEST(ProgressLine, ClearsTheLineItDrewWhenItGoes) {
  std::ostringstream out;
  { ProgressLine(out, true, 80).progress(at(std::chrono::seconds(1))); }
  EXPECT_TRUE(out.str().ends_with("failed\r\x1b[K"));
}

TEST(ProgressLine, LeavesNothingBehindWhenNothingWasDrawn) {
  std::ostringstream out;
  { const ProgressLine line(out, true, 80); }
  EXPECT_EQ(out.str(), "");
}

TEST(ProgressLine, IsCutToTheWidthOfTheTerminal) {
  std::ostringstream out;
  ProgressLine line(out, true, 30);

  line.progress(at(std::chrono::seconds(83)));

  EXPECT_EQ(out.str(), "\r\x1b[Kpeak  1m23s of 2m10s  100 use…");
  EXPECT_EQ(characters(out.str()), 4u + 30u);
}

TEST(ProgressLine, SaysNoResponseTimeWhereNoneWasMeasured) {
  std::ostringstream out;
  ProgressLine line(out, true, 80);
  load::Progress now = at(std::chrono::seconds(1));
  now.p95 = {};
  now.users = 1;

  line.progress(now);

  EXPECT_EQ(out.str(), "\r\x1b[Kpeak  1s of 2m10s  1 user  298 requests/s  17 failed");
}

TEST(ProgressLine, WritesALineEveryTenSecondsElsewhere) {
  std::ostringstream out;
  {
    ProgressLine line(out, false, 80);
    for (int second = 1; second <= 25; ++second) line.progress(at(std::chrono::seconds(second)));
  }
  EXPECT_EQ(out.str(),
            "peak  10s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed\n"
            "peak  20s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed\n");
}

TEST(ProgressLine, WritesOneLineAfterAStallThatSkippedSome) {
  std::ostringstream out;
  ProgressLine line(out, false, 80);

  line.progress(at(std::chrono::seconds(9)));
  line.progress(at(std::chrono::seconds(35)));
  line.progress(at(std::chrono::seconds(36)));
  line.progress(at(std::chrono::seconds(40)));

  EXPECT_EQ(out.str(),
            "peak  35s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed\n"
            "peak  40s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed\n");
}

TEST(ProgressLine, LetsNoStageNameMoveTheCursor) {
  std::ostringstream out;
  ProgressLine line(out, false, 80);
  load::Progress now = at(std::chrono::seconds(10));
  now.stage = "a\x1b[2Jb\r\n";

  line.progress(now);

  EXPECT_EQ(out.str(),
            "a?[2Jb??  10s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed\n");
}

}  // namespace
}  // namespace loadgate::live
