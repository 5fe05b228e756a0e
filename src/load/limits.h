#pragma once

// Whether this machine lets a plan have its connections, asked before anything is sent.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plan/stage.h"

namespace loadgate::load {

struct Limits {
  std::uint64_t descriptors = UINT64_MAX;  // Open files of this process.
  std::uint64_t ports = UINT64_MAX;        // Local ports for outgoing connections.
};

// Raises the soft limit of open files to the hard one, and says what holds now.
Limits raise_limits();

// "32768\t60999\n", as /proc/sys/net/ipv4/ip_local_port_range has it.
std::optional<std::uint64_t> parse_port_range(std::string_view text);

// How many users each stage in rate may have at most: its max_users, or what this machine
// has descriptors and ports for; 0 for stages in users.
std::vector<unsigned> pool_limits(const std::vector<plan::Stage>& stages, unsigned workers,
                                  const Limits& limits);
// What to say where that is less than the plan asks for, or nothing.
std::optional<std::string> lowered_pools(const std::vector<plan::Stage>& stages,
                                         const std::vector<unsigned>& pool_limits);

// Why `users` at once are too many and what to do, or nothing.
std::optional<std::string> shortage(unsigned users, unsigned workers, const Limits& limits);

}  // namespace loadgate::load
