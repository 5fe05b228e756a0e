#include "cli/load_session.h"

#include <unistd.h>

#include "base/random.h"
#include "cli/announce.h"
#include "cli/audience.h"
#include "process/signals.h"
#include "session/plan_file.h"

namespace loadgate::cli {

std::optional<plan::Plan> open_or_complain(const std::string& file,
                                           const reader::Overrides& overrides,
                                           const Terminal& terminal) {
  session::PlanFile opened = session::open_plan(file, overrides);
  if (!opened.plan) terminal.err << opened.complaint;
  return std::move(opened.plan);
}

std::unique_ptr<live::ProgressLine> progress_line(const Terminal& terminal) {
  if (terminal.is_quiet) return nullptr;
  return std::make_unique<live::ProgressLine>(terminal.err, can_redraw(STDERR_FILENO),
                                              columns_of(STDERR_FILENO));
}

session::MeasureOptions measure_options(const LoadFlags& flags, load::Observer* observer,
                                        const Terminal& terminal) {
  session::MeasureOptions measure;
  measure.seed = flags.seed.value_or(0);
  if (!flags.seed) measure.seed = fresh_seed();
  measure.workers = flags.workers.value_or(load::default_workers());
  measure.command = flags.command;
  if (!flags.seed) measure.command += " --seed " + std::to_string(measure.seed);
  measure.observer = observer;
  measure.stop_request = &process::watch_stop_signals();
  measure.window_budget = flags.window_budget;
  measure.say = [&terminal](const std::string& line) { terminal.say(line); };
  return measure;
}

session::MeasureOptions measure_options(const LoadFlags& flags, Audience& audience) {
  session::MeasureOptions measure =
      measure_options(flags, audience.observer(), audience.terminal());
  measure.say = [&audience](const std::string& line) { audience.say(line); };
  return measure;
}

ExitCode conclude(const session::JudgedRun& judged, OutputFormat format, Strictness strictness,
                  const Terminal& terminal) {
  announce(judged.summary, judged.paths, format, terminal);
  const ExitCode code = exit_code_of(judged.summary.verdict.conclusion, strictness);
  if (judged.trouble.empty()) return code;
  terminal.complain(judged.trouble);
  // A verdict whose reports are lost is not a pass that CI could show to anyone.
  return code == ExitCode::passed ? ExitCode::invalid_run : code;
}

}  // namespace loadgate::cli
