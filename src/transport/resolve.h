#pragma once

// The look-up of a host's name with a limit on the time it may take. Any thread.

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::transport {

// Whether `host` is an address already, as in "127.0.0.1" and "[::1]".
bool is_address(const std::string& host);

// All addresses of `host` as text, without doubles, in the system's order. Errors are
// full sentences that say what to do; `source` is where the user wrote the name.
Result<std::vector<std::string>> look_up(const std::string& host, const std::string& source,
                                         Nanoseconds patience);

}  // namespace loadgate::transport
