#pragma once

// What this machine is, read from /proc, /sys and os-release. Main thread.

#include "metrics/run_result.h"

namespace loadgate::monitor {

// Never fails: what cannot be read stays empty and is part of the fingerprint so.
metrics::Environment read_environment();

}  // namespace loadgate::monitor
