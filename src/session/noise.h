#pragma once

// `loadgate noise`: one build side by side with itself. Main thread.

#include <optional>
#include <string>

#include "base/result.h"
#include "gate/noise_study.h"
#include "session/duet.h"

namespace loadgate::session {

struct NoiseRun {
  metrics::RunResult run;
  std::optional<gate::NoiseStudy> study;  // Nothing where too few epochs counted.
  std::string trouble;                    // Why: a sentence.
};

// An error as duet() has it. REQUIRES: options.epochs.
Result<NoiseRun> noise(DuetPlans plans, DuetOptions options);

// So many gates are drawn from the epochs.
inline constexpr int kNoiseGates = 500;

}  // namespace loadgate::session
