#include "monitor/process_gauge.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

#include "base/machine_time.h"
#include "process/descriptor.h"

namespace loadgate::monitor {

namespace {

Nanoseconds as_nanoseconds(const timespec& time) {
  return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
}

// Exact where /proc counts ticks: of all threads, those that ended included.
std::optional<Nanoseconds> cpu_time_of(pid_t pid) {
  clockid_t clock{};
  timespec spent{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &spent) != 0) {
    return std::nullopt;
  }
  return as_nanoseconds(spent);
}

std::uint64_t ticks_since_boot() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<std::uint64_t>(as_nanoseconds(now) / from_ticks(1));
}

FindRoots keeper_itself(pid_t keeper) {
  return [keeper](const ProcessTable& table) -> Result<std::vector<pid_t>> {
    if (table.find(keeper) == nullptr) return failure("it has ended");
    return std::vector{keeper};
  };
}

}  // namespace

ProcessGauge::ProcessGauge(KeptBy kept)
    : find_roots_(keeper_itself(kept.keeper)), keeper_(kept.keeper) {}

ProcessGauge::ProcessGauge(FindRoots find_roots) : find_roots_(std::move(find_roots)) {}

Result<Use> ProcessGauge::read(const ProcessTable& table) {
  if (!account_) account_.emplace(ticks_since_boot());
  std::vector<pid_t> roots = living_members(table);
  const Result<std::vector<pid_t>> found = find_roots_(table);
  if (!found && roots.empty()) {
    account_->update({});
    return failure(found.error());
  }
  if (found) roots.insert(roots.end(), found->begin(), found->end());
  Use use;
  account_->update(read_members(table.family(roots, ::getpid()), use));
  use.cpu = account_->spent();
  return use;
}

std::vector<pid_t> ProcessGauge::processes() const {
  std::vector<pid_t> pids;
  if (!account_) return pids;
  for (const Member& member : account_->members()) {
    pids.push_back(member.id.pid);
  }
  return pids;
}

// Once of the subject, always of it: its parent may end, or the scan may miss it.
std::vector<pid_t> ProcessGauge::living_members(const ProcessTable& table) const {
  std::vector<pid_t> living;
  for (const Member& member : account_->members()) {
    const ProcessStat* process = table.find(member.id.pid);
    if (process != nullptr && process->id == member.id) living.push_back(member.id.pid);
  }
  return living;
}

// Nobody's time may count twice or not at all because it ends while we read. So first
// what has been reaped, then what each has spent: who is still there was in nobody's
// reaped time. Who is gone is in somebody's, who has to be read again.
std::vector<Member> ProcessGauge::read_members(const std::vector<ProcessStat>& family,
                                               Use& use) const {
  const process::Descriptor folder(::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::vector<ProcessId> left;
  left.reserve(family.size());
  for (const ProcessStat& process : family) left.push_back(process.id);
  for (;;) {
    use = {};
    std::vector<Member> members;
    for (const ProcessId& id : left) {
      const auto stat = read_process_stat(folder.number(), id.pid);
      if (!stat || stat->id != id) continue;
      members.push_back({.id = id, .parent = stat->parent, .own = {}, .reaped = stat->reaped});
      if (id.pid == keeper_ || stat->is_zombie) continue;
      use.memory += stat->memory;
      ++use.processes;
    }
    const auto has_ended = [this](Member& member) {
      if (member.id.pid == keeper_) return false;
      const auto own = cpu_time_of(member.id.pid);
      member.own = own.value_or(Nanoseconds{});
      return !own;
    };
    if (std::erase_if(members, has_ended) == 0 && members.size() == left.size()) return members;
    left.clear();
    for (const Member& member : members) left.push_back(member.id);
  }
}

}  // namespace loadgate::monitor
