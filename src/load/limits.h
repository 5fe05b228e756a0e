#pragma once

// Whether this machine lets a plan have its connections, asked before anything is sent.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loadgate::load {

struct Limits {
  std::uint64_t descriptors = UINT64_MAX;  // Open files of this process.
  std::uint64_t ports = UINT64_MAX;        // Local ports for outgoing connections.
};

// Raises the soft limit of open files to the hard one, and says what holds now.
Limits raise_limits();

// "32768\t60999\n", as /proc/sys/net/ipv4/ip_local_port_range has it.
std::optional<std::uint64_t> parse_port_range(std::string_view text);

// Why `users` at once are too many and what to do, or nothing.
std::optional<std::string> shortage(unsigned users, unsigned workers, const Limits& limits);

}  // namespace loadgate::load
