#pragma once

// Another commit of the repo beside the one that is checked out: a git worktree in a
// temporary folder, removed again. The folder's name holds our process id: what a killed
// loadgate left behind, the next one removes. Main thread.

#include <atomic>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace loadgate::session {

class Worktree {
 public:
  // `ref` as git names commits: "main", "origin/main", "3f2a9c1"; the repo is the one around
  // `folder`. Errors say what git said, and what to do where a shallow clone lacks the ref;
  // "interrupted" after a stop request (may be null). Nothing is left after an error.
  static Result<Worktree> check_out(const std::string& ref, const std::filesystem::path& folder,
                                    const std::atomic<int>* stop_request = nullptr);

  Worktree(Worktree&& other) noexcept;
  Worktree& operator=(Worktree&&) = delete;
  Worktree(const Worktree&) = delete;
  Worktree& operator=(const Worktree&) = delete;
  ~Worktree();  // Removes it, whatever was built there included.

  // What `folder`, asked for above, is in the other commit.
  const std::filesystem::path& folder() const { return folder_; }
  const std::string& commit() const { return commit_; }  // 40 hex digits.

 private:
  Worktree(std::filesystem::path repo, std::filesystem::path root, std::filesystem::path folder);

  std::filesystem::path repo_, root_, folder_;
  std::string commit_;
};

}  // namespace loadgate::session
