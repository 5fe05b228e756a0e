#pragma once

// git, asked. Main thread.

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace loadgate::session {

struct GitAnswer {
  bool is_success = false;         // Exit status 0.
  std::vector<std::string> lines;  // What it printed.
};

// `git ARGUMENTS` in `folder`; its complaints go to our standard error. An error where it
// came to no end of its own: "interrupted" after `stop_request` (may be null), given up
// after minutes, or killed by someone.
Result<GitAnswer> ask_git(const std::filesystem::path& folder, std::vector<std::string> arguments,
                          const std::atomic<int>* stop_request);

}  // namespace loadgate::session
