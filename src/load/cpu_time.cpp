#include "load/cpu_time.h"

#include <time.h>

namespace loadgate::load {

Nanoseconds cpu_time_of_thread() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return std::chrono::seconds(spent.tv_sec) + Nanoseconds(spent.tv_nsec);
}

double steal_share(const std::optional<MachineTime>& before,
                   const std::optional<MachineTime>& after) {
  if (!before || !after || after->all <= before->all || after->stolen < before->stolen) return 0;
  return static_cast<double>(after->stolen - before->stolen) /
         static_cast<double>(after->all - before->all);
}

}  // namespace loadgate::load
