#include "base/machine_time.h"

#include <gtest/gtest.h>

namespace loadgate {
namespace {

using namespace std::chrono_literals;

TEST(MachineTime, IsReadFromTheFirstLineOfProcStat) {
  const auto time = parse_machine_time("cpu  10 1 5 100 2 4 3 7 9 9\ncpu0 1 1 1 1 1 1 1 1 1 1\n");
  ASSERT_TRUE(time);
  EXPECT_EQ(time->all, 132U);
  EXPECT_EQ(time->busy, 23U) << "neither idle nor waiting for disks";
  EXPECT_EQ(time->stolen, 7U);
}

TEST(MachineTime, IsUnknownWhereTheTextIsAnother) {
  for (const char* text :
       {"", "cpu", "cpu0 1 2 3 4 5 6 7 8", "cpu  1 2 3", "cpu  1 2 x 4 5 6 7 8"}) {
    EXPECT_FALSE(parse_machine_time(text)) << text;
  }
}

TEST(MachineTime, OfThisMachineIsKnown) {
  const auto time = machine_time();
  ASSERT_TRUE(time);
  EXPECT_GT(time->busy, 0U);
  EXPECT_GE(time->all, time->busy + time->stolen);
}

TEST(Ticks, AreWholePartsOfASecond) {
  EXPECT_EQ(from_ticks(0), 0ns);
  EXPECT_EQ(from_ticks(3), 3 * from_ticks(1));
  EXPECT_EQ(1s % from_ticks(1), 0ns);
}

}  // namespace
}  // namespace loadgate
