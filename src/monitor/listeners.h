#pragma once

// Who listens on a TCP port of this machine. Pure but for those that take a `root`, below
// which proc stands. Any thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "monitor/process_table.h"

namespace loadgate::monitor {

struct Listener {
  unsigned port = 0;
  std::uint64_t inode = 0;  // Of its socket.
};

// A line of /proc/net/tcp or tcp6; nothing where the socket is no listener, as of the
// headline.
std::optional<Listener> parse_listener(std::string_view line);

// The sockets that listen on a port.
std::set<std::uint64_t> listening_sockets(const std::filesystem::path& root, unsigned short port);

// Who among the processes has one of the sockets open, as far as we may look.
std::vector<pid_t> holders_of(const std::filesystem::path& root,
                              const std::set<std::uint64_t>& sockets, const ProcessTable& table);

}  // namespace loadgate::monitor
