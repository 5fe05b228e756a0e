#pragma once

// What run and baseline record do alike: open the plan, fill in what the flags leave
// open, show progress. Main thread.

#include <memory>
#include <optional>

#include "cli/commands.h"
#include "live/progress_line.h"
#include "plan/plan.h"
#include "session/judged_run.h"
#include "session/measure.h"

namespace loadgate::cli {

// The plan, or nothing after its problems were printed.
std::optional<plan::Plan> open_or_complain(const std::string& file,
                                           const reader::Overrides& overrides,
                                           const Terminal& terminal);

std::unique_ptr<live::ProgressLine> progress_line(const Terminal& terminal);

session::MeasureOptions measure_options(const LoadFlags& flags, load::Observer* observer,
                                        const Terminal& terminal);
class Audience;
session::MeasureOptions measure_options(const LoadFlags& flags, Audience& audience);

// Prints the verdict, and says the exit code that goes with it and with reports that could
// not be written.
ExitCode conclude(const session::JudgedRun& judged, OutputFormat format, Strictness strictness,
                  const Terminal& terminal);

}  // namespace loadgate::cli
