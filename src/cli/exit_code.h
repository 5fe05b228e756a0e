#pragma once

// What the process says to the shell. Public API: scripts and CI depend on it.

#include <span>
#include <string_view>

#include "gate/verdict.h"

namespace loadgate::cli {

enum class ExitCode {
  passed = 0,            // Every threshold and comparison held, or undecided without --strict.
  regression = 1,        // Worse than base or the baseline, or head died in a duet.
  threshold_missed = 2,  // The run finished and missed a threshold of the plan; of `try`: a
                         // request did not do what the plan expects.
  invalid_run = 3,       // There is no verdict: the target or the generator failed.
  inconclusive = 4,      // Undecided, and --strict was given.
  bad_input = 64,        // Plan, command line or a stored file is wrong; nothing was sent.
  internal_error = 70,   // A bug in loadgate.
  interrupted = 130,     // Stopped by the user; what there is was reported.
};

enum class Strictness { lenient, strict };  // strict: an undecided gate fails.

// All of them in order, in the words of help and man page.
struct ExitMeaning {
  ExitCode code;
  std::string_view brief, whole;
};
std::span<const ExitMeaning> exit_meanings();

ExitCode exit_code_of(gate::Conclusion conclusion, Strictness strictness);

}  // namespace loadgate::cli
