#pragma once

// What /proc says of one process. Pure but for read_process_stat(); any thread.

#include <sys/types.h>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace loadgate::monitor {

// Numbers are given again, so it takes the moment it began too.
struct ProcessId {
  pid_t pid = 0;
  std::uint64_t began = 0;  // In ticks since the machine booted.
  friend bool operator==(const ProcessId&, const ProcessId&) = default;
};

struct ProcessStat {
  ProcessId id;
  std::string name;  // As `ps -o comm` says it: at most 15 bytes.
  bool is_zombie = false;
  pid_t parent = 0;
  Nanoseconds reaped{};      // CPU time of children that ended and were waited for, and theirs.
  std::uint64_t memory = 0;  // Bytes resident.
};

// A /proc/PID/stat.
std::optional<ProcessStat> parse_process_stat(std::string_view stat);

// `folder` is a descriptor of /proc. Nothing where there is no such process.
std::optional<ProcessStat> read_process_stat(int folder, pid_t pid);

}  // namespace loadgate::monitor
