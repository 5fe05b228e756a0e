#include "base/machine_time.h"

#include <unistd.h>

#include <array>
#include <charconv>
#include <fstream>
#include <string>

#include "base/text.h"

namespace loadgate {

std::optional<MachineTime> parse_machine_time(std::string_view stat) {
  // "cpu  user nice system idle iowait irq softirq steal guest guest_nice"; the last two
  // are contained in user and nice.
  enum Column { kUser, kNice, kSystem, kIdle, kWaiting, kInterrupts, kSoft, kSteal, kColumns };
  if (!stat.starts_with("cpu ")) return std::nullopt;
  std::array<std::uint64_t, kColumns> ticks{};
  std::size_t column = 0;
  for (const std::string_view field : split(stat.substr(4, stat.find('\n') - 4), ' ')) {
    if (field.empty() || column == kColumns) continue;
    const auto read = std::from_chars(field.data(), field.data() + field.size(), ticks[column++]);
    if (read.ec != std::errc()) return std::nullopt;
  }
  if (column < kColumns) return std::nullopt;
  const std::uint64_t busy =
      ticks[kUser] + ticks[kNice] + ticks[kSystem] + ticks[kInterrupts] + ticks[kSoft];
  return MachineTime{.all = busy + ticks[kIdle] + ticks[kWaiting] + ticks[kSteal],
                     .busy = busy,
                     .stolen = ticks[kSteal]};
}

std::optional<MachineTime> machine_time() {
  std::ifstream file("/proc/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return parse_machine_time(line);
}

Nanoseconds from_ticks(std::uint64_t ticks) {
  static const long kPerSecond = ::sysconf(_SC_CLK_TCK);
  return Nanoseconds(static_cast<Nanoseconds::rep>(ticks) * (1'000'000'000 / kPerSecond));
}

}  // namespace loadgate
