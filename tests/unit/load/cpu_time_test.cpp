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

TEST(StealShare, IsWhatOthersTookOfTheTimeBetween) {
  const MachineTime before{.all = 1000, .busy = 0, .stolen = 10};
  const MachineTime after{.all = 1200, .busy = 0, .stolen = 30};
  EXPECT_DOUBLE_EQ(steal_share(before, after), 0.1);
  EXPECT_DOUBLE_EQ(steal_share(before, before), 0);
  EXPECT_DOUBLE_EQ(steal_share(std::nullopt, after), 0);
}

}  // namespace
}  // namespace loadgate::load
