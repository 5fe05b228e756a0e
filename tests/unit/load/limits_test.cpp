#include "load/limits.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

TEST(Limits, AreWideEnoughForFewUsers) {
  EXPECT_EQ(shortage(100, 2, {.descriptors = 1024, .ports = 28'232}), std::nullopt);
  EXPECT_EQ(shortage(944, 2, {.descriptors = 1024}), std::nullopt);
}

TEST(Limits, SayWhatToDoWhenDescriptorsAreShort) {
  EXPECT_EQ(shortage(945, 2, {.descriptors = 1024}),
            "945 users need 1025 open files and the system allows 1024: raise the limit (ulimit -n "
            "1025, or LimitNOFILE, or --ulimit nofile of the container) or use fewer users");
}

TEST(Limits, SayWhatToDoWhenPortsAreShort) {
  EXPECT_EQ(shortage(30'000, 1, {.ports = 28'232}),
            "30000 users need as many local ports and the system has 28232: widen "
            "net.ipv4.ip_local_port_range (sysctl) or use fewer users");
}

TEST(Limits, LowerPoolsInsteadOfRefusingThePlan) {
  const std::vector<plan::Stage> stages = {support::stage(5, std::chrono::seconds(1)),
                                           support::rate_stage(5, std::chrono::seconds(1))};
  const std::vector<unsigned> plenty = pool_limits(stages, 1, {});
  EXPECT_EQ(plenty, (std::vector<unsigned>{0, 1000}));
  EXPECT_EQ(lowered_pools(stages, plenty), std::nullopt);
  const std::vector<unsigned> few = pool_limits(stages, 1, {.descriptors = 256});
  EXPECT_EQ(few, (std::vector<unsigned>{0, 184}));
  EXPECT_EQ(lowered_pools(stages, few),
            "stage \"open\" has at most 184 users instead of 1000: the system allows no more open "
            "files or ports (ulimit -n, net.ipv4.ip_local_port_range)");
  EXPECT_EQ(pool_limits(stages, 1, {.descriptors = 10})[1], 1U);
}

TEST(Limits, ReadThePortRange) {
  EXPECT_EQ(parse_port_range("32768\t60999\n"), 28'232U);
  EXPECT_EQ(parse_port_range("1024 1024"), 1U);
  for (const char* text : {"", "32768", "a b", "60999 32768", "0 5"}) {
    EXPECT_EQ(parse_port_range(text), std::nullopt) << text;
  }
}

TEST(Limits, RaiseTheSoftLimitOfOpenFilesToTheHardOne) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit lowered{before.rlim_max < 256 ? before.rlim_max : 256, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &lowered), 0);

  const Limits limits = raise_limits();

  rlimit after{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  EXPECT_EQ(limits.descriptors, before.rlim_max);
  setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace loadgate::load
