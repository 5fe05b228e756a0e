#pragma once

// The command line: words to a request, the request to its command, the outcome to an
// exit code. What it offers is in command_groups.h. Main thread, once.

#include <iosfwd>
#include <span>

#include "cli/exit_code.h"

namespace loadgate::cli {

// `arguments` as main() gets them. Results go to `out`, progress and complaints to
// `err`. Throws only what is a bug.
ExitCode run(std::span<char*> arguments, std::ostream& out, std::ostream& err);

}  // namespace loadgate::cli
