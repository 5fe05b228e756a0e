#pragma once

// Which processes a plan::Watch names: what descends from them counts too. One thread.

#include <functional>
#include <vector>

#include "base/result.h"
#include "monitor/process_table.h"
#include "plan/watch.h"

namespace loadgate::monitor {

// Looks again at each call; an error says in the user's words why there are none.
using FindRoots = std::function<Result<std::vector<pid_t>>(const ProcessTable&)>;

// REQUIRES: not By::cgroup, whose processes need not be known.
FindRoots roots_of(const plan::Watch& watch, const std::filesystem::path& root = "/");

// The number on a pid file's first line, or 0.
pid_t parse_pid_file(std::string_view text);

}  // namespace loadgate::monitor
