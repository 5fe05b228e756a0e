#include "monitor/machine.h"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "base/file.h"
#include "base/text.h"

namespace loadgate::monitor {

namespace {

Nanoseconds own_time() {
  timespec spent{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return std::chrono::seconds(spent.tv_sec) + Nanoseconds(spent.tv_nsec);
}

}  // namespace

metrics::MachinePoint read_machine() {
  const MachineTime time = machine_time().value_or(MachineTime{});
  return {.at = {},
          .busy = from_ticks(time.busy),
          .stolen = from_ticks(time.stolen),
          .pressure = parse_pressure(read_file("/proc/pressure/cpu").value_or("")),
          .own = own_time()};
}

unsigned machine_cores() {
  return static_cast<unsigned>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
}

Nanoseconds parse_pressure(std::string_view pressure) {
  // "some avg10=0.00 avg60=0.12 avg300=0.05 total=1234567", in microseconds.
  constexpr std::string_view kTotal = " total=";
  for (const std::string_view line : split(pressure, '\n')) {
    const std::size_t at = line.find(kTotal);
    if (!line.starts_with("some ") || at == std::string_view::npos) continue;
    const std::string_view text = line.substr(at + kTotal.size());
    std::int64_t microseconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), microseconds);
    return std::chrono::microseconds(microseconds);
  }
  return {};
}

}  // namespace loadgate::monitor
