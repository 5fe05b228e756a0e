#pragma once

// The use of a control group, as the kernel counts it: version 2, or version 1 where the
// machine still mounts that. One thread.

#include <filesystem>
#include <string>
#include <string_view>

#include "monitor/gauge.h"

namespace loadgate::monitor {

class CgroupGauge final : public Gauge {
 public:
  // `group`: its path below /sys/fs/cgroup. `root`: below it stands sys, for tests.
  explicit CgroupGauge(std::string group, const std::filesystem::path& root = "/");

  Result<Use> read(const ProcessTable& table) override;

 private:
  std::string group_;
  std::filesystem::path hierarchies_;
  std::optional<Nanoseconds> before_;
  Nanoseconds spent_{};
};

// The number of a line "KEY NUMBER", as of cpu.stat and memory.stat.
std::optional<std::uint64_t> number_of(std::string_view stat, std::string_view key);

}  // namespace loadgate::monitor
