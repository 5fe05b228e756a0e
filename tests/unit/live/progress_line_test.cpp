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

std::string drawn(const load::Progress& now, int width) {
  std::ostringstream out;
  ProgressLine(out, true, width).progress(now);
  const std::string text = out.str();
  const std::size_t from = std::string_view("\r\x1b[K").size();
  return text.substr(from, text.rfind('\r') - from);
}

TEST(ProgressLine, SaysTheRateThatIsWantedBesideTheOneThereIs) {
  load::Progress now = at(std::chrono::seconds(83));
  now.rate = 300;
  EXPECT_EQ(drawn(now, 80),
            "peak  1m23s of 2m10s  at 300/s  100 users  298 requests/s  p95 241 ms  17 failed");
}

TEST(ProgressLine, LeavesOutWhatMattersLessWhereColumnsAreFew) {
  load::Progress now = at(std::chrono::seconds(83));
  now.rate = 300;
  EXPECT_EQ(drawn(now, 79),
            "peak  1m23s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed");
  EXPECT_EQ(drawn(now, 60), "peak  1m23s of 2m10s  298 requests/s  p95 241 ms  17 failed");
  EXPECT_EQ(drawn(now, 50), "peak  1m23s of 2m10s  p95 241 ms  17 failed");
  EXPECT_EQ(drawn(now, 30), "peak  1m23s of 2m10s");
}

TEST(ProgressLine, IsCutToTheWidthOfTheTerminal) {
  load::Progress now = at(std::chrono::seconds(83));
  now.stage = "a stage with a long name";
  EXPECT_EQ(drawn(now, 30), "a stage with a long name  1m2…");
}

TEST(ProgressLine, ShowsHowFarTheRunIsWhereThereIsRoom) {
  EXPECT_EQ(drawn(at(std::chrono::seconds(65)), 200),
            "━━━━━━━━━━··········  "
            "peak  1m5s of 2m10s  100 users  298 requests/s  p95 241 ms  17 failed");
  EXPECT_TRUE(drawn(at(std::chrono::hours(1)), 200).starts_with("━━━━━━━━━━━━━━━━━━━━  peak"));
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
