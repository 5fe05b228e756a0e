#pragma once

// Which two builds a duet is between, from what the user said of them. Main thread.

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "session/builds.h"
#include "session/worktree.h"

namespace loadgate::session {

// One of three ways: a commit, folders, or addresses.
struct BuildChoice {
  std::string base_ref;                          // "main": checked out into a folder of its own.
  std::filesystem::path base_dir{}, head_dir{};  // Empty head: the plan's folder.
  std::string base_address{}, head_address{};
};

struct ChosenBuilds {
  Builds builds;
  std::string head_commit;           // Empty: unknown.
  std::filesystem::path base_plan;   // Base's copy of the plan, where it has files; else empty.
  std::optional<Worktree> worktree;  // Of a commit; must live as long as the duet.
};

// `plan` is head's plan file. Errors are the user's: both builds missing, ways mixed, a
// folder that is none, a commit that git does not know.
// Once `stop_request` (may be null) is set a checkout is given up.
Result<ChosenBuilds> choose_builds(const BuildChoice& choice, const std::string& plan,
                                   const std::atomic<int>* stop_request = nullptr);

}  // namespace loadgate::session
