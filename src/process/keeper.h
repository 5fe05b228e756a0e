#pragma once

// The forked side of a kept command (kept.h): a small process between us and the command
// that adopts whatever the command leaves behind, and ends all of it on our word or when
// we are gone, for whatever reason. Called right after fork(), with all signals blocked;
// nothing here allocates or locks, since other threads may have held locks at the fork.

#include <sys/resource.h>
#include <cstdint>

namespace loadgate::process {

// All of it made before the fork.
struct KeeperTask {
  int control;  // The keeper's end of a SOCK_SEQPACKET pair; the other end is ours.
  int log;
  const char* directory;
  char* const* arguments;  // The first is the program's path.
  char* const* environment;
  rlimit files;  // The command's RLIMIT_NOFILE.
};

// From us to the keeper: SIGTERM to all, SIGKILL to what is left after so long. A closed
// socket means SIGKILL at once.
struct StopOrder {
  std::int64_t patience;  // Nanoseconds.
};

// From the keeper to us, once: the command itself has ended.
struct EndWord {
  int status;         // As waitpid() gives it.
  std::int64_t when;  // Nanoseconds of CLOCK_MONOTONIC.
};

// How the keeper ends: once nothing is left of the command and what it has started.
enum KeeperExit : int {
  kEndedByThemselves = 0,
  kHadToBeKilled = 1,
  kCouldNotKeep = 2,  // It could not begin, or something cannot be killed.
};

[[noreturn]] void keep(const KeeperTask& task);

}  // namespace loadgate::process
