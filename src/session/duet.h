#pragma once

// `loadgate duet`: base and head side by side, epoch by epoch, until the gate is sure or
// the time is over. Main thread.

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "session/builds.h"
#include "session/judged_run.h"
#include "session/measure.h"

namespace loadgate::session {

struct DuetOptions {
  MeasureOptions measure;
  std::filesystem::path out;
  report::JunitFamily junit_family = report::JunitFamily::common;
  std::string base, head;  // The builds, for people.
  std::string plan_file;   // As the user named it, wherever it was read from.
  std::string commit;      // Of head, where known.
  // Iterations a second for each side; nothing: what the plan says, or a trial finds.
  std::optional<double> rate;
  // Exactly so many, > 0; nothing: as many as the verdict takes.
  std::optional<unsigned> epochs;
  bool is_same_build = false;  // Base and head are one build: what differs is noise.
};

// All epochs, without a verdict. What went wrong stands in health.invalid.
metrics::RunResult measure_duet(DuetPlans plans, const DuetOptions& options);

// The same judged and reported; an error means that nothing was sent.
Result<JudgedRun> duet(DuetPlans plans, const DuetOptions& options);

// Of an epoch; the longer one where a build takes long to start.
inline constexpr Nanoseconds kEpoch = std::chrono::seconds(8);
inline constexpr Nanoseconds kLongEpoch = std::chrono::seconds(20);
inline constexpr Nanoseconds kLongStart = std::chrono::seconds(5);
inline constexpr Nanoseconds kEpochWarmup = std::chrono::seconds(2);

}  // namespace loadgate::session
