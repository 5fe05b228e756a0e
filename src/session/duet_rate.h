#pragma once

// The rate of a duet whose plan names none: found by short trials. Main thread.

#include <optional>

#include "session/epoch.h"

namespace loadgate::session {

// Both builds and the generator take at most this share of the machine: beyond it they take the CPU
// from each other and both look slow.
inline constexpr double kMostBusy = 0.6;

struct FoundRate {
  double rate = 0;           // Iterations a second for each side, > 0.
  Nanoseconds start_took{};  // Of the slower build.
  Reasons trouble;
  std::optional<metrics::Epoch> fatal;  // The trial that a build did not live through.
  bool is_interrupted = false;
};

// The pace of the plan's main stage, or as much of it as keeps the machine kMostBusy.
// A few seconds long; its epochs are not judged.
FoundRate find_rate(SideBySide& builds, const plan::Plan& plan);

}  // namespace loadgate::session
