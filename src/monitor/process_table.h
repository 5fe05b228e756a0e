#pragma once

// All processes of this machine at one moment: one scan of /proc that all subjects of a
// watcher share. One thread.

#include <span>
#include <vector>

#include "monitor/process_stat.h"

namespace loadgate::monitor {

class ProcessTable {
 public:
  explicit ProcessTable(std::vector<ProcessStat> processes);
  static ProcessTable read(const std::filesystem::path& root = "/");  // Below it stands proc.

  const std::vector<ProcessStat>& all() const { return processes_; }  // Rising by number.
  const ProcessStat* find(pid_t pid) const;

  // These and all that descends from them, but not `stranger`, nor what descends from
  // them by it alone.
  std::vector<ProcessStat> family(std::span<const pid_t> roots, pid_t stranger) const;

 private:
  std::vector<ProcessStat> processes_;
};

}  // namespace loadgate::monitor
