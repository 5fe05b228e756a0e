#pragma once

// Baselines as files: a folder for each plan, a file for each run, so that merges of
// a repo never conflict. Judges nothing. Main thread.
//
//   baselines/storefront/2026-11-22T03-04-05Z-1a2b3c4d.json

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "metrics/run_digest.h"

namespace loadgate::baseline {

inline constexpr std::size_t kMostRuns = 20;  // A baseline keeps this many of one environment.

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

  // Removes the oldest runs of each environment beyond `keep`; returns what was removed.
  Result<std::vector<std::filesystem::path>> prune(const std::string& plan_name,
                                                   std::size_t keep) const;

 private:
  std::filesystem::path root_;
};

}  // namespace loadgate::baseline
