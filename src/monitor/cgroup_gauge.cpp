#include "monitor/cgroup_gauge.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/file.h"
#include "base/text.h"

namespace loadgate::monitor {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) { return read_file(path).value_or(""); }

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// What the kernel may drop at once belongs to the files, not to the processes: container
// engines leave it out too.
std::uint64_t without_cached_files(const std::string& all, const std::string& stat,
                                   std::string_view cached) {
  const std::uint64_t bytes = number_in(all).value_or(0);
  return bytes - std::min(bytes, number_of(stat, cached).value_or(0));
}

unsigned lines_in(const std::string& text) {
  return static_cast<unsigned>(std::ranges::count(text, '\n'));
}

// All CPU time there ever was, in Use::cpu.
std::optional<Use> read_unified(const fs::path& folder) {
  const auto microseconds = number_of(text_of(folder / "cpu.stat"), "usage_usec");
  if (!microseconds) return std::nullopt;
  return Use{.cpu = std::chrono::microseconds(*microseconds),
             .memory = without_cached_files(text_of(folder / "memory.current"),
                                            text_of(folder / "memory.stat"), "inactive_file"),
             .processes = lines_in(text_of(folder / "cgroup.procs"))};
}

// Version 1 has a hierarchy for each kind of thing it counts.
std::optional<Use> read_split(const fs::path& hierarchies, const std::string& group) {
  const fs::path cpu = hierarchies / "cpuacct" / group;
  const fs::path memory = hierarchies / "memory" / group;
  const auto spent = number_in(text_of(cpu / "cpuacct.usage"));
  if (!spent) return std::nullopt;
  return Use{.cpu = Nanoseconds(*spent),
             .memory = without_cached_files(text_of(memory / "memory.usage_in_bytes"),
                                            text_of(memory / "memory.stat"), "total_inactive_file"),
             .processes = lines_in(text_of(cpu / "cgroup.procs"))};
}

}  // namespace

std::optional<std::uint64_t> number_of(std::string_view stat, std::string_view key) {
  for (const std::string_view line : split(stat, '\n')) {
    if (line.starts_with(key) && line.substr(key.size()).starts_with(' ')) {
      return number_in(line.substr(key.size() + 1));
    }
  }
  return std::nullopt;
}

CgroupGauge::CgroupGauge(std::string group, const fs::path& root)
    : group_(std::move(group)), hierarchies_(root / "sys/fs/cgroup") {}

Result<Use> CgroupGauge::read(const ProcessTable&) {
  std::optional<Use> use = read_unified(hierarchies_ / group_);
  if (!use) use = read_split(hierarchies_, group_);
  if (!use) use = read_unified(hierarchies_ / "unified" / group_);
  if (!use) {
    return failure(fmt::format("there is no control group {} whose CPU time can be read", group_));
  }
  // A group that was removed and made again begins anew.
  const Nanoseconds before = before_.value_or(use->cpu);
  spent_ += use->cpu >= before ? use->cpu - before : use->cpu;
  before_ = use->cpu;
  use->cpu = spent_;
  return *use;
}

}  // namespace loadgate::monitor
