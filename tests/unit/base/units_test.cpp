#include "base/units.h"

#include <gtest/gtest.h>

namespace loadgate {
namespace {

using namespace std::chrono_literals;

TEST(ParseDuration, ReadsWhatPlansHold) {
  EXPECT_EQ(parse_duration("300ms"), 300ms);
  EXPECT_EQ(parse_duration("30s"), 30s);
  EXPECT_EQ(parse_duration("1m30s"), 90s);
  EXPECT_EQ(parse_duration("1.5s"), 1500ms);
  EXPECT_EQ(parse_duration("2h"), 2h);
  EXPECT_EQ(parse_duration("200us"), 200us);
  EXPECT_EQ(parse_duration("0"), 0s);
}

TEST(ParseDuration, RefusesTheRest) {
  for (const char* wrong :
       {"", "5", "s", "5 s", "-1s", "1d", "1s1m", "1s2s", "1e3s", "inf", "99999999999h"}) {
    EXPECT_EQ(parse_duration(wrong), std::nullopt) << wrong;
  }
}

TEST(FormatDuration, IsReadBack) {
  for (const Nanoseconds time :
       {Nanoseconds(90s), Nanoseconds(1h + 1ms), Nanoseconds(0), Nanoseconds(250us)}) {
    EXPECT_EQ(parse_duration(format_duration(time)), time) << format_duration(time);
  }
  EXPECT_EQ(format_duration(90s), "1m30s");
}

TEST(ParseRate, NeedsItsUnit) {
  EXPECT_EQ(parse_rate("50/s"), 50.0);
  EXPECT_EQ(parse_rate("600/m"), 10.0);
  for (const char* wrong : {"50", "/s", "50/", "50/d", "-1/s"})
    EXPECT_EQ(parse_rate(wrong), std::nullopt) << wrong;
}

TEST(ParseShare, NeedsItsPercentSign) {
  EXPECT_DOUBLE_EQ(*parse_share("1%"), 0.01);
  EXPECT_DOUBLE_EQ(*parse_share("0.5 %"), 0.005);
  for (const char* wrong : {"1", "%", "1%%", "-1%"})
    EXPECT_EQ(parse_share(wrong), std::nullopt) << wrong;
}

TEST(FormatLatency, GivesThreeDigitsAndOneUnit) {
  EXPECT_EQ(format_latency(241'400us), "241 ms");
  EXPECT_EQ(format_latency(8'049us), "8.05 ms");
  EXPECT_EQ(format_latency(999'600us), "1.00 s");
  EXPECT_EQ(format_latency(93'120ns), "93.1 us");
  EXPECT_EQ(format_latency(12'345ms), "12.3 s");
}

TEST(FormatShare, GrowsFinerTowardsZero) {
  EXPECT_EQ(format_share(0.123), "12 %");
  EXPECT_EQ(format_share(0.0123), "1.2 %");
  EXPECT_EQ(format_share(0.00123), "0.12 %");
  EXPECT_EQ(format_share(0), "0 %");
}

TEST(FormatSize, CountsInThousands) {
  EXPECT_EQ(format_size(999), "999 B");
  EXPECT_EQ(format_size(1234), "1.23 kB");
  EXPECT_EQ(format_size(12'345'678), "12.3 MB");
}

}  // namespace
}  // namespace loadgate
