#pragma once

// What the whole machine has spent until now. Any thread.

#include <string_view>

#include "base/machine_time.h"
#include "metrics/resource_use.h"

namespace loadgate::monitor {

// Since the machine booted, `own` since we began; 0 where it cannot be read. `at` is left
// to the caller.
metrics::MachinePoint read_machine();

unsigned machine_cores();

// A /proc/pressure/cpu: how long some task waited for a CPU; 0 where it does not say.
Nanoseconds parse_pressure(std::string_view pressure);

}  // namespace loadgate::monitor
