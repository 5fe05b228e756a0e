#include "monitor/cgroup_gauge.h"

#include <gtest/gtest.h>

#include "fake_proc.h"

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

class Cgroup : public FakeRoot {
 protected:
  void put_unified(const std::string& folder, unsigned microseconds) const {
    put(folder + "/cpu.stat", fmt::format("usage_usec {}\nuser_usec 1\n", microseconds));
    put(folder + "/memory.current", "9000\n");
    put(folder + "/memory.stat", "anon 5000\ninactive_file 1000\nactive_file 3000\n");
    put(folder + "/cgroup.procs", "12\n13\n");
  }

  static std::string said(const Result<Use>& use) {
    if (!use) return use.error().text;
    return fmt::format("{} ns, {} bytes, {} processes", use->cpu.count(), use->memory,
                       use->processes);
  }

  const ProcessTable nobody_{{}};
};

TEST_F(Cgroup, CountsFromTheFirstReading) {
  CgroupGauge gauge("app.slice/web.service", root_);
  put_unified("sys/fs/cgroup/app.slice/web.service", 700);
  EXPECT_EQ(said(gauge.read(nobody_)), "0 ns, 8000 bytes, 2 processes");
  put_unified("sys/fs/cgroup/app.slice/web.service", 1000);
  EXPECT_EQ(said(gauge.read(nobody_)), "300000 ns, 8000 bytes, 2 processes");
}

TEST_F(Cgroup, ThatIsMadeAgainGoesOn) {
  CgroupGauge gauge("web", root_);
  put_unified("sys/fs/cgroup/web", 700);
  ASSERT_TRUE(gauge.read(nobody_));
  put_unified("sys/fs/cgroup/web", 900);
  ASSERT_TRUE(gauge.read(nobody_));
  put_unified("sys/fs/cgroup/web", 50);
  EXPECT_EQ(gauge.read(nobody_)->cpu, 250us);
}

TEST_F(Cgroup, OfTheFirstVersionIsReadToo) {
  put("sys/fs/cgroup/cpuacct/web/cpuacct.usage", "123456789\n");
  put("sys/fs/cgroup/cpuacct/web/cgroup.procs", "12\n");
  put("sys/fs/cgroup/memory/web/memory.usage_in_bytes", "5000\n");
  put("sys/fs/cgroup/memory/web/memory.stat", "inactive_file 1\ntotal_inactive_file 2000\n");
  CgroupGauge gauge("web", root_);
  EXPECT_EQ(said(gauge.read(nobody_)), "0 ns, 3000 bytes, 1 processes");
  put("sys/fs/cgroup/cpuacct/web/cpuacct.usage", "123456799\n");
  EXPECT_EQ(gauge.read(nobody_)->cpu, 10ns);
}

TEST_F(Cgroup, IsFoundBesideTheFirstVersion) {
  put_unified("sys/fs/cgroup/unified/web", 700);
  CgroupGauge gauge("web", root_);
  EXPECT_TRUE(gauge.read(nobody_));
}

TEST_F(Cgroup, ThatIsNotThereSaysSo) {
  CgroupGauge gauge("web", root_);
  EXPECT_EQ(said(gauge.read(nobody_)), "there is no control group web whose CPU time can be read");
}

TEST(CgroupStat, IsReadByKey) {
  EXPECT_EQ(number_of("usage 1\nusage_usec 23\n", "usage_usec"), 23U);
  EXPECT_EQ(number_of("usage_usec 23\n", "usage"), std::nullopt);
  EXPECT_EQ(number_of("usage_usec\n", "usage_usec"), std::nullopt);
  EXPECT_EQ(number_of("usage_usec x\n", "usage_usec"), std::nullopt);
}

}  // namespace
}  // namespace loadgate::monitor
