#pragma once

// Ctrl-C as a number to look at: 0 at first, 1 after SIGINT or SIGTERM, 2 after a
// second one. Install once, from the main thread, before other threads start.

#include <atomic>

namespace loadgate::process {

const std::atomic<int>& watch_stop_signals();

}  // namespace loadgate::process
