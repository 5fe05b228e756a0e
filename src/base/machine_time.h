#pragma once

// CPU time of the whole machine, as Linux counts it. Any thread.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace loadgate {

// In ticks since the machine booted.
struct MachineTime {
  std::uint64_t all = 0;
  std::uint64_t busy = 0;    // Not idle, not waiting for disks, not stolen.
  std::uint64_t stolen = 0;  // By other guests of the host.
};

// The first line of /proc/stat; nothing where it is not Linux's.
std::optional<MachineTime> parse_machine_time(std::string_view stat);
std::optional<MachineTime> machine_time();

// The unit of CPU times in /proc: most often 10 ms.
Nanoseconds from_ticks(std::uint64_t ticks);

}  // namespace loadgate
