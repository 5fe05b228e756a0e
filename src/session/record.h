#pragma once

// `loadgate baseline record` and `add`: runs become files of a baseline. Main thread.

#include <filesystem>
#include <string>

#include "base/result.h"
#include "metrics/run_result.h"
#include "session/measure.h"

namespace loadgate::session {

enum class RecordEnd { complete, interrupted, invalid };

struct Recorded {
  RecordEnd end = RecordEnd::complete;
  int runs = 0;        // Added.
  std::string reason;  // Of an invalid run.
};

// Runs the plan `runs` times, each with the next seed and, where the plan starts its
// service, on a fresh one, and keeps each valid run. Says a line for each. An error means a file
// could not be read or written.
struct RecordOptions {
  int runs = 5;
  std::filesystem::path root;  // Of baselines.
  std::string accepted;        // As keep() takes it; said of the first run.
};
Result<Recorded> record(const plan::Plan& plan, const RecordOptions& what,
                        const MeasureOptions& options);

// Keeps a finished run and lets go of those beyond baseline::kMostRuns; returns what to
// tell the user. Interrupted, aborted and invalid runs are refused. `accepted` says why the
// run, though slower, shows the level from now on: runs before it no longer count. Empty:
// they do.
Result<std::string> keep(const metrics::RunResult& run, const std::filesystem::path& root,
                         const std::string& accepted = {});

}  // namespace loadgate::session
