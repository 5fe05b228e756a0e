#include "load/cpu_time.h"

#include <gtest/gtest.h>

namespace loadgate::load {
namespace {

TEST(CpuTime, GrowsWithTheWorkOfTheThread) {
  const Nanoseconds before = cpu_time_of_thread();
  volatile unsigned sink = 0;
  for (unsigned i = 0; i < 2'000'000; ++i) sink = sink + i;
  EXPECT_GT(cpu_time_of_thread(), before);
}

TEST(MachineTime, IsReadFromTheFirstLineOfProcStat) {
  const auto time = parse_machine_time("cpu  10 1 5 100 2 0 3 7 9 9\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
  ASSERT_TRUE(time);
  EXPECT_EQ(time->all, 128U);
  EXPECT_EQ(time->stolen, 7U);
}

TEST(MachineTime, IsUnknownWhereTheTextIsAnother) {
  for (const char* text :
       {"", "cpu", "cpu0 1 2 3 4 5 6 7 8", "cpu  1 2 3", "cpu  1 2 x 4 5 6 7 8"}) {
    EXPECT_FALSE(parse_machine_time(text)) << text;
  }
}

TEST(MachineTime, TellsTheShareThatOthersTook) {
  EXPECT_DOUBLE_EQ(steal_share(MachineTime{1000, 10}, MachineTime{1200, 30}), 0.1);
  EXPECT_DOUBLE_EQ(steal_share(MachineTime{1000, 10}, MachineTime{1000, 10}), 0);
  EXPECT_DOUBLE_EQ(steal_share(std::nullopt, MachineTime{1200, 30}), 0);
}

}  // namespace
}  // namespace loadgate::load
