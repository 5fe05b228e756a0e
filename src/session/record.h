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
Result<Recorded> record(const plan::Plan& plan, int runs, const std::filesystem::path& root,
                        const MeasureOptions& options);

// Keeps a finished run and lets go of those beyond baseline::kMostRuns; returns what to
// tell the user. Interrupted, aborted and invalid runs are refused.
Result<std::string> keep(const metrics::RunResult& run, const std::filesystem::path& root);

}  // namespace loadgate::session
