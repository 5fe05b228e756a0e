#pragma once

// `loadgate run` and what is built on it, in order: baseline, load, verdict, reports.
// Main thread.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "gate/judge.h"
#include "session/judged_run.h"
#include "session/measure.h"

namespace loadgate::session {

struct RunOptions {
  MeasureOptions measure;
  std::optional<std::filesystem::path> baseline;  // The root of baselines; nothing: none is asked.
  std::filesystem::path out;
  report::JunitFamily junit_family = report::JunitFamily::common;
  bool confirms = true;  // A regression is said only after a second run that shows it too.
  // What another machine found worse: judged alone. Nothing: all is judged.
  std::optional<std::vector<metrics::Suspect>> suspects;
};

// An error means that nothing was sent: a damaged baseline, a folder that cannot be written.
Result<JudgedRun> run(const plan::Plan& plan, const RunOptions& options);

// The stored runs of a plan below `root`; nothing where there are none yet.
Result<std::optional<gate::Baseline>> read_baseline(const std::filesystem::path& root,
                                                    const std::string& plan_name);

}  // namespace loadgate::session
