#pragma once

// What the system says about spent CPU time. Any thread.

#include <optional>

#include "base/clock.h"
#include "base/machine_time.h"

namespace loadgate::load {

Nanoseconds cpu_time_of_thread();  // Of the calling one.

// Between two moments; 0 where either is unknown.
double steal_share(const std::optional<MachineTime>& before,
                   const std::optional<MachineTime>& after);

}  // namespace loadgate::load
