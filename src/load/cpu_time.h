#pragma once

// What the system says about spent CPU time. Any thread.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace loadgate::load {

Nanoseconds cpu_time_of_thread();  // Of the calling one.

// The whole machine's, in ticks since it booted.
struct MachineTime {
  std::uint64_t all = 0;
  std::uint64_t stolen = 0;  // By other guests of the host.
};

// The first line of /proc/stat; nothing where it is not Linux's.
std::optional<MachineTime> parse_machine_time(std::string_view stat);
std::optional<MachineTime> machine_time();

// Between two moments; 0 where either is unknown.
double steal_share(const std::optional<MachineTime>& before,
                   const std::optional<MachineTime>& after);

}  // namespace loadgate::load
