#pragma once

// All that descends from a process, found in /proc. Safe after a fork of a process with
// threads, and in signal handlers: nothing here allocates or locks.

#include <sys/types.h>

namespace loadgate::process {

// Sends `signal` to each process below `ancestor`, itself excluded. What forks meanwhile
// may be missed: who wants all of them gone kills until nothing is left to wait for.
void signal_descendants(pid_t ancestor, int signal);

}  // namespace loadgate::process
