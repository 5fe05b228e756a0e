#pragma once

// Baselines as files: a folder for each plan, a file for each run, so that merges of
// a repo never conflict. Judges nothing. Main thread.
//
//   baselines/storefront/2026-11-22T03-04-05Z-1a2b3c4d.json
//   baselines/storefront/anchor/2026-10-01T03-04-05Z-9f8e7d6c.json   pinned

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "metrics/run_digest.h"

namespace loadgate::baseline {

inline constexpr std::size_t kMostRuns = 20;  // A baseline keeps this many of one environment.
inline constexpr std::size_t kFewestPinned = 5;
inline constexpr std::string_view kAnchorFolder = "anchor";

struct Stored {
  std::filesystem::path file;
  metrics::RunDigest digest;
};

class Store {
 public:
  explicit Store(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path folder_of(const std::string& plan_name) const;

  // The stored runs of a plan, oldest first; none where the folder is missing. A file
  // that is damaged, foreign, too new or of another plan is an error that names it.
  Result<std::vector<Stored>> runs(const std::string& plan_name) const;

  // Writes a new file and returns its path; never replaces one.
  Result<std::filesystem::path> add(const metrics::RunDigest& digest) const;

  // Removes the oldest runs of each environment beyond `keep`, but not the newest accepted
  // one: it says which of the others count. Returns what was removed.
  Result<std::vector<std::filesystem::path>> prune(const std::string& plan_name,
                                                   std::size_t keep) const;

  // Copies the present runs to where prune() leaves them, in place of those pinned before;
  // returns how many. Refused below kFewestPinned.
  Result<std::size_t> pin(const std::string& plan_name) const;

  // The pinned runs, as runs() gives the others.
  Result<std::vector<Stored>> anchor(const std::string& plan_name) const;

 private:
  std::filesystem::path root_;
};

}  // namespace loadgate::baseline
