#pragma once

// What this machine is, read from /proc, /sys and os-release. Main thread.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "metrics/run_result.h"

namespace loadgate::monitor {

// Never fails: what cannot be read stays empty and is part of the fingerprint so.
metrics::Environment read_environment();

// What read_environment() asks the kernel beside files.
struct Kernel {
  unsigned allowed_cores = 0;  // By affinity.
  std::string hostname;
  bool is_kubernetes = false;
};

// The same from files below `root`, for tests.
metrics::Environment read_environment(const std::filesystem::path& root, const Kernel& kernel);

// The parts, each from a file's text.
std::string cpu_model_of(std::string_view cpuinfo);  // "AMD EPYC 7B13"; arm: "arm 0x41 0xd0c".
std::string os_of(std::string_view os_release);      // "debian 12", "ubuntu 24"
std::optional<double> cores_of(std::string_view cpu_max);            // Of a cgroup's quota.
std::optional<std::uint64_t> bytes_of(std::string_view memory_max);  // Of a cgroup's limit.
std::uint64_t total_memory_of(std::string_view meminfo);             // In bytes; 0: not said.
unsigned memory_class_of(std::uint64_t bytes);  // In GB, the nearest power of two, at least 1.

}  // namespace loadgate::monitor
