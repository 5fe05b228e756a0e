#include "cli/commands.h"
#include "cli/load_session.h"
#include "report/console_report.h"
#include "session/run.h"

namespace loadgate::cli {

ExitCode run_plan(const RunFlags& flags, const Terminal& terminal) {
  const std::optional<plan::Plan> plan =
      open_or_complain(flags.load.plan, flags.load.overrides, terminal);
  if (!plan) return ExitCode::bad_input;

  std::unique_ptr<live::ProgressLine> progress = progress_line(terminal);
  session::RunOptions options;
  options.measure = measure_options(flags.load, progress.get(), terminal);
  if (!flags.ignores_baseline) options.baseline = flags.baseline;
  options.out = flags.out;

  const Result<session::JudgedRun> judged = session::run(*plan, options);
  progress.reset();
  if (!judged) {
    terminal.complain(judged.error().text);
    return ExitCode::bad_input;
  }
  terminal.out << report::render_console(judged->summary, judged->paths, terminal.style());
  const ExitCode code = exit_code_of(judged->summary.verdict.conclusion, flags.strictness);
  if (judged->trouble.empty()) return code;
  terminal.complain(judged->trouble);
  // A verdict whose reports are lost is not a pass that CI could show to anyone.
  return code == ExitCode::passed ? ExitCode::invalid_run : code;
}

}  // namespace loadgate::cli
