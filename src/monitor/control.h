#pragma once

// How fast this machine is right now at what never changes. Any thread; takes about half
// a second, and one core of it.

#include "metrics/resource_use.h"

namespace loadgate::monitor {

metrics::Control measure_control();

}  // namespace loadgate::monitor
