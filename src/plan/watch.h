#pragma once

// Processes whose CPU time and memory are measured beside the one that `start` starts.
// Plain values.

#include <cstdint>
#include <string>

#include "base/place.h"

namespace loadgate::plan {

struct Watch {
  enum class By : std::uint8_t {
    port,      // Who listens on a TCP port of this machine, and all that descends from it.
    pid_file,  // The process whose number stands in the file, and what descends from it.
    process,   // All processes of that name (as `ps -o comm`), and what descends from them.
    cgroup,    // All of a control group, by its path below /sys/fs/cgroup.
  };
  std::string name;  // As the plan calls it: "web".
  By by = By::port;
  unsigned short port = 0;
  std::string text;  // The file's path, seen from where loadgate runs; the name; the group.
  Place place;
};

}  // namespace loadgate::plan
