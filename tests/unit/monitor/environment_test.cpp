#include "monitor/environment.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/hash.h"

namespace loadgate::monitor {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEpyc =
    "processor\t: 0\n"
    "vendor_id\t: AuthenticAMD\n"
    "model\t\t: 1\n"
    "model name\t: AMD EPYC  7B13\n"
    "cpu MHz\t\t: 2449.998\n"
    "\n"
    "processor\t: 1\n"
    "model name\t: Another\n";

constexpr std::string_view kNeoverse =
    "processor\t: 0\n"
    "BogoMIPS\t: 243.75\n"
    "CPU implementer\t: 0x41\n"
    "CPU architecture: 8\n"
    "CPU part\t: 0xd0c\n";

constexpr std::string_view kDebian =
    "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
    "VERSION_ID=\"12\"\n"
    "ID=debian\n";

constexpr std::string_view kMeminfo =
    "MemTotal:       16384256 kB\n"
    "MemFree:          523432 kB\n";

TEST(CpuModel, IsTheFirstCoresName) {
  EXPECT_EQ(cpu_model_of(kEpyc), "AMD EPYC 7B13");
  EXPECT_EQ(cpu_model_of(kNeoverse), "arm 0x41 0xd0c");
  EXPECT_EQ(cpu_model_of(""), "");
}

TEST(Os, IsIdAndMajorVersion) {
  EXPECT_EQ(os_of(kDebian), "debian 12");
  EXPECT_EQ(os_of("ID=ubuntu\nVERSION_ID=\"24.04\"\n"), "ubuntu 24");
  EXPECT_EQ(os_of("ID='opensuse-leap'\nVERSION_ID='15.6'"), "opensuse-leap 15");
  EXPECT_EQ(os_of("NAME=Arch\nID=arch\nBUILD_ID=rolling\n"), "arch");
  EXPECT_EQ(os_of(""), "");
}

TEST(Quota, IsCoresWhereThereIsALimit) {
  EXPECT_EQ(cores_of("150000 100000\n"), 1.5);
  EXPECT_EQ(cores_of("max 100000\n"), std::nullopt);
  EXPECT_EQ(cores_of(""), std::nullopt);
  EXPECT_EQ(cores_of("100000 0\n"), std::nullopt);
  EXPECT_EQ(cores_of("0 100000\n"), std::nullopt);
}

TEST(Memory, IsReadInBytes) {
  EXPECT_EQ(total_memory_of(kMeminfo), 16'384'256ULL * 1024);
  EXPECT_EQ(total_memory_of("nonsense"), 0u);
  EXPECT_EQ(bytes_of("4294967296\n"), 4'294'967'296ULL);
  EXPECT_EQ(bytes_of("max\n"), std::nullopt);
  EXPECT_EQ(bytes_of(""), std::nullopt);
}

TEST(MemoryClass, IsTheNearestPowerOfTwo) {
  constexpr std::uint64_t kGigabyte = 1ULL << 30U;
  EXPECT_EQ(memory_class_of(0), 1u);
  EXPECT_EQ(memory_class_of(kGigabyte / 2), 1u);
  EXPECT_EQ(memory_class_of(kGigabyte * 7 + kGigabyte / 2), 8u);
  EXPECT_EQ(memory_class_of(16'384'256ULL * 1024), 16u);
  EXPECT_EQ(memory_class_of(kGigabyte * 15), 16u);
  EXPECT_EQ(memory_class_of(kGigabyte * 64), 64u);
}

// A file system of our own below the test's folder for temporary files.
class Machine : public testing::Test {
 protected:
  void SetUp() override {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) / "loadgate_machine" / test.name();
    fs::remove_all(root_);
    put("proc/cpuinfo", kEpyc);
    put("proc/meminfo", kMeminfo);
    put("etc/os-release", kDebian);
    put("proc/sys/kernel/random/boot_id", "9d2c7f0e-0000-4000-8000-000000000001\n");
    put("proc/1/cgroup", "0::/init.scope\n");
    put("proc/self/cgroup", "0::/user.slice/session.scope\n");
  }
  void TearDown() override { fs::remove_all(root_); }

  void put(const fs::path& file, std::string_view text) const {
    ASSERT_TRUE(write_file(root_ / file, text));
  }
  metrics::Environment read() const { return read_environment(root_, kernel_); }

  fs::path root_;
  Kernel kernel_{.allowed_cores = 4, .hostname = "runner-7", .is_kubernetes = false};
};

TEST_F(Machine, IsReadFromItsFiles) {
  const metrics::Environment environment = read();
  EXPECT_EQ(environment.text(), "AMD EPYC 7B13, 4 cores, 16 GB, debian 12");
  EXPECT_EQ(environment.boot, fingerprint_of("9d2c7f0e-0000-4000-8000-000000000001"));
  EXPECT_EQ(environment.hostname_hash, fingerprint_of("runner-7"));
}

TEST_F(Machine, EveryCgroupAboveLimitsIt) {
  put("sys/fs/cgroup/cpu.max", "max 100000\n");
  put("sys/fs/cgroup/user.slice/cpu.max", "250000 100000\n");
  put("sys/fs/cgroup/user.slice/session.scope/cpu.max", "350000 100000\n");
  put("sys/fs/cgroup/user.slice/session.scope/memory.max", "4294967296\n");
  EXPECT_EQ(read().cores, 3u) << "two and a half, the next whole";
  EXPECT_EQ(read().memory_gb, 4u);
}

TEST_F(Machine, LimitsAboveWhatThereIsDoNotCount) {
  put("sys/fs/cgroup/cpu.max", "6400000 100000\n");
  put("sys/fs/cgroup/memory.max", "1099511627776\n");
  EXPECT_EQ(read().cores, 4u);
  EXPECT_EQ(read().memory_gb, 16u);
}

TEST_F(Machine, IsAContainerByAnyOfItsMarks) {
  EXPECT_FALSE(read().in_container);
  kernel_.is_kubernetes = true;
  EXPECT_TRUE(read().in_container);
  kernel_.is_kubernetes = false;
  put("proc/1/cgroup", "0::/kubepods/besteffort/pod1\n");
  EXPECT_TRUE(read().in_container);
  put("proc/1/cgroup", "0::/\n");
  put(".dockerenv", "");
  EXPECT_TRUE(read().in_container);
  fs::remove(root_ / ".dockerenv");
  put("run/.containerenv", "");
  EXPECT_TRUE(read().in_container);
}

TEST_F(Machine, WithoutAnyFilesIsEmptyButAnEnvironment) {
  fs::remove_all(root_);
  const metrics::Environment environment = read();
  EXPECT_EQ(environment.text(), "unknown CPU, 4 cores, 1 GB, unknown system");
  EXPECT_EQ(environment.boot, "");
}

TEST(Environment, OfThisMachineIsTheSameTwice) {
  const metrics::Environment one = read_environment();
  EXPECT_EQ(one.fingerprint(), read_environment().fingerprint());
  EXPECT_EQ(one.boot, read_environment().boot);
  EXPECT_GE(one.cores, 1u);
  EXPECT_GE(one.memory_gb, 1u);
}

}  // namespace
}  // namespace loadgate::monitor
