#include "monitor/roots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

#include "base/file.h"
#include "base/text.h"
#include "monitor/listeners.h"

namespace loadgate::monitor {

namespace {

namespace fs = std::filesystem;
using Roots = Result<std::vector<pid_t>>;

// Looking who has a socket open costs too much for every second, so it is done only where
// somebody of the last time is gone: restarts are seen, and workers descend.
class PortHolders {
 public:
  PortHolders(fs::path root, unsigned short port) : root_(std::move(root)), port_(port) {}

  Roots operator()(const ProcessTable& table) {
    const auto lives = [&](const ProcessId& id) {
      const ProcessStat* process = table.find(id.pid);
      return process != nullptr && process->id == id;
    };
    if (holders_.empty() || !std::ranges::all_of(holders_, lives)) {
      if (const Result<void> found = look(table); !found) return failure(found.error());
    }
    std::vector<pid_t> pids;
    for (const ProcessId& id : holders_) pids.push_back(id.pid);
    return pids;
  }

 private:
  Result<void> look(const ProcessTable& table) {
    holders_.clear();
    const std::set<std::uint64_t> sockets = listening_sockets(root_, port_);
    if (sockets.empty()) return failure(fmt::format("nothing listens on port {}", port_));
    for (const pid_t pid : holders_of(root_, sockets, table)) {
      holders_.push_back(table.find(pid)->id);
    }
    if (!holders_.empty()) return {};
    return failure(
        fmt::format("who listens on port {} is hidden from this user (run as its user or as "
                    "root, or watch its cgroup)",
                    port_));
  }

  fs::path root_;
  unsigned short port_;
  std::vector<ProcessId> holders_;
};

Roots named_in(const fs::path& pid_file, const ProcessTable& table) {
  const Result<std::string> text = read_file(pid_file);
  if (!text) return failure(text.error());
  const pid_t pid = parse_pid_file(*text);
  if (pid == 0) return failure(fmt::format("{} holds no process number", pid_file.string()));
  if (table.find(pid) != nullptr) return std::vector{pid};
  return failure(
      fmt::format("no process has the number {}, which {} holds", pid, pid_file.string()));
}

Roots called(const std::string& name, const ProcessTable& table) {
  std::vector<pid_t> pids;
  for (const ProcessStat& process : table.all()) {
    if (process.name == name) pids.push_back(process.id.pid);
  }
  if (pids.empty()) return failure(fmt::format("no process is called {}", name));
  return pids;
}

}  // namespace

pid_t parse_pid_file(std::string_view text) {
  const std::string_view line = trimmed(text.substr(0, text.find('\n')));
  pid_t pid = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), pid);
  const bool is_whole = read.ec == std::errc() && read.ptr == line.data() + line.size();
  return is_whole && pid > 0 ? pid : 0;
}

FindRoots roots_of(const plan::Watch& watch, const fs::path& root) {
  switch (watch.by) {
    case plan::Watch::By::port:
      return PortHolders(root, watch.port);
    case plan::Watch::By::pid_file:
      return [file = fs::path(watch.text)](const ProcessTable& table) {
        return named_in(file, table);
      };
    case plan::Watch::By::process:
      return [name = watch.text](const ProcessTable& table) { return called(name, table); };
    case plan::Watch::By::cgroup:
      break;
  }
  assert(false);
  return {};
}

}  // namespace loadgate::monitor
