#include "load/cpu_time.h"

#include <time.h>

#include <charconv>
#include <fstream>
#include <string>

#include "base/text.h"

namespace loadgate::load {

Nanoseconds cpu_time_of_thread() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return std::chrono::seconds(spent.tv_sec) + Nanoseconds(spent.tv_nsec);
}

std::optional<MachineTime> parse_machine_time(std::string_view stat) {
  // "cpu  user nice system idle iowait irq softirq steal guest guest_nice"; the last two
  // are contained in user and nice.
  constexpr unsigned kSteal = 7;
  if (!stat.starts_with("cpu ")) return std::nullopt;
  MachineTime time;
  unsigned column = 0;
  for (const std::string_view field : split(stat.substr(4, stat.find('\n') - 4), ' ')) {
    if (field.empty() || column > kSteal) continue;
    std::uint64_t ticks = 0;
    const auto read = std::from_chars(field.data(), field.data() + field.size(), ticks);
    if (read.ec != std::errc()) return std::nullopt;
    time.all += ticks;
    if (column == kSteal) time.stolen = ticks;
    ++column;
  }
  if (column <= kSteal) return std::nullopt;
  return time;
}

std::optional<MachineTime> machine_time() {
  std::ifstream file("/proc/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return parse_machine_time(line);
}

double steal_share(const std::optional<MachineTime>& before,
                   const std::optional<MachineTime>& after) {
  if (!before || !after || after->all <= before->all || after->stolen < before->stolen) return 0;
  return static_cast<double>(after->stolen - before->stolen) /
         static_cast<double>(after->all - before->all);
}

}  // namespace loadgate::load
