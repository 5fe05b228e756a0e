#include "monitor/machine.h"

#include <gtest/gtest.h>

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

TEST(Pressure, IsTheTimeSomeWaited) {
  EXPECT_EQ(parse_pressure("some avg10=8.87 avg60=8.12 avg300=36.42 total=12420092258\n"
                           "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"),
            12'420'092'258us);
}

TEST(Pressure, IsNothingWhereItIsNotTold) {
  for (const char* text : {"", "full avg10=0.00 total=7\n", "some avg10=0.00\n",
                           "some avg10=0.00 total=\n", "some avg10=0.00 total=x\n"}) {
    EXPECT_EQ(parse_pressure(text), 0ns) << text;
  }
}

TEST(MachineReading, OfOursIsBusy) {
  const metrics::MachinePoint point = read_machine();
  EXPECT_GT(point.busy, 0ns);
  EXPECT_GT(point.own, 0ns);
  EXPECT_GE(machine_cores(), 1U);
}

}  // namespace
}  // namespace loadgate::monitor
