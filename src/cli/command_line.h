#pragma once

// The command line: words to a request, the request to its command, the outcome to an
// exit code. What it offers is in command_groups.h. Main thread, once.

#include <iosfwd>
#include <span>

#include "cli/command_tree.h"
#include "cli/exit_code.h"

namespace loadgate::cli {

// `arguments` as main() gets them. Results go to `out`, progress and complaints to
// `err`. Throws only what is a bug.
ExitCode run(std::span<char*> arguments, std::ostream& out, std::ostream& err);

// Whether run() would have a command to act on; nothing is done. The complaint goes to `err`.
bool is_understood(std::span<char*> arguments, std::ostream& err);

// All commands and options.
OfferedCommand offered();

}  // namespace loadgate::cli
