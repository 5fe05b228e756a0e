#include "monitor/process_table.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>

namespace loadgate::monitor {

namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

pid_t number_in(const char* name) {
  pid_t number = 0;
  const char* const end = name + std::strlen(name);
  const auto read = std::from_chars(name, end, number);
  return read.ec == std::errc() && read.ptr == end ? number : 0;
}

}  // namespace

ProcessTable::ProcessTable(std::vector<ProcessStat> processes) : processes_(std::move(processes)) {
  std::ranges::sort(processes_, {}, [](const ProcessStat& process) { return process.id.pid; });
}

ProcessTable ProcessTable::read(const std::filesystem::path& root) {
  std::vector<ProcessStat> processes;
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir((root / "proc").c_str()));
  while (const dirent* entry = folder ? ::readdir(folder.get()) : nullptr) {
    const pid_t pid = number_in(entry->d_name);
    if (pid <= 0) continue;
    if (auto process = read_process_stat(::dirfd(folder.get()), pid)) {
      processes.push_back(std::move(*process));
    }
  }
  return ProcessTable(std::move(processes));
}

const ProcessStat* ProcessTable::find(pid_t pid) const {
  const auto pid_of = [](const ProcessStat& process) { return process.id.pid; };
  const auto found = std::ranges::lower_bound(processes_, pid, {}, pid_of);
  return found != processes_.end() && found->id.pid == pid ? &*found : nullptr;
}

std::vector<ProcessStat> ProcessTable::family(std::span<const pid_t> roots, pid_t stranger) const {
  const auto belongs = [&](const ProcessStat& process) {
    const ProcessStat* ancestor = &process;
    // A family tree read while it changes may have a ring.
    for (int generation = 0; ancestor != nullptr && generation < 1000; ++generation) {
      if (ancestor->id.pid == stranger) return false;
      if (std::ranges::find(roots, ancestor->id.pid) != roots.end()) return true;
      ancestor = find(ancestor->parent);
    }
    return false;
  };
  std::vector<ProcessStat> members;
  std::ranges::copy_if(processes_, std::back_inserter(members), belongs);
  return members;
}

}  // namespace loadgate::monitor
