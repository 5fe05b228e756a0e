#pragma once

// Starting a program: fork, the few calls that are allowed before exec, and the word
// from the other side whether exec worked. Child (child.h) is what others use.

#include <sys/types.h>
#include <string>
#include <vector>

#include "base/result.h"
#include "process/descriptor.h"

namespace loadgate::process {

struct Spawned {
  pid_t pid;
  Descriptor output;  // The end to read of the program's standard output.
};

// Returns once the program runs, as the leader of a new process group.
Result<Spawned> spawn_program(const std::string& program,
                              const std::vector<std::string>& arguments);

}  // namespace loadgate::process
