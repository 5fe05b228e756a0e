#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/audience.h"
#include "cli/commands.h"
#include "cli/load_session.h"
#include "session/run.h"
#include "session/suspects.h"

namespace loadgate::cli {
namespace {

// What stands whatever another machine says of the regression, which is named before it.
ExitCode without_the_regression(const session::JudgedRun& judged) {
  const auto& thresholds = judged.summary.verdict.thresholds;
  const bool is_missed = std::any_of(thresholds.begin(), thresholds.end(), [](const auto& one) {
    return one.outcome == gate::Outcome::fail;
  });
  if (is_missed || !judged.run.info.aborted.empty()) return ExitCode::threshold_missed;
  return judged.trouble.empty() ? ExitCode::passed : ExitCode::invalid_run;
}

// What a regression comes to where another machine is to confirm it.
ExitCode leave_to_another_machine(const session::JudgedRun& judged,
                                  const std::filesystem::path& file, ExitCode code,
                                  const Terminal& terminal) {
  const session::Suspects suspects = session::suspects_of(judged.run, judged.summary.verdict);
  const Result<void> written = session::write_suspects(file, suspects);
  if (!written) {
    terminal.complain(written.error().text);
    return code == ExitCode::passed ? ExitCode::invalid_run : code;
  }
  terminal.say(
      fmt::format("{} written to {}", counted(suspects.list.size(), "suspect"), file.string()));
  return code == ExitCode::regression ? without_the_regression(judged) : code;
}

// What is left of a job that has nothing to confirm.
ExitCode nothing_to_confirm(const RunFlags& flags, const Terminal& terminal) {
  const std::filesystem::path& file = *flags.suspected;
  std::ostream& out = flags.delivery.format == OutputFormat::json ? terminal.err : terminal.out;
  out << fmt::format("{} names no suspect: there is nothing to confirm, so nothing was run\n",
                     printable(file.string()));
  return ExitCode::passed;
}

}  // namespace

ExitCode run_plan(const RunFlags& flags, const Terminal& terminal) {
  const std::optional<plan::Plan> plan =
      open_or_complain(flags.load.plan, flags.load.overrides, terminal);
  if (!plan) return ExitCode::bad_input;

  session::RunOptions options;
  if (flags.suspected) {
    Result<session::Suspects> suspects = session::read_suspects(*flags.suspected, *plan);
    if (!suspects) {
      terminal.complain(suspects.error().text);
      return ExitCode::bad_input;
    }
    if (suspects->list.empty()) return nothing_to_confirm(flags, terminal);
    options.suspects = std::move(suspects->list);
  }
  Audience audience(terminal);
  if (!audience.open_page(flags.live, live::outline_of(*plan))) return ExitCode::bad_input;
  options.measure = measure_options(flags.load, audience);
  if (!flags.ignores_baseline) options.baseline = flags.baseline;
  options.out = flags.out;
  options.junit_family = flags.delivery.junit_family;
  options.confirms = flags.confirms;

  const Result<session::JudgedRun> judged = session::run(*plan, options);
  audience.clear_line();
  if (!judged) {
    terminal.complain(judged.error().text);
    audience.see_out(judged.error().text, ExitCode::bad_input);
    return ExitCode::bad_input;
  }
  ExitCode code = conclude(*judged, flags.delivery.format, flags.strictness, terminal);
  if (flags.suspects) code = leave_to_another_machine(*judged, *flags.suspects, code, terminal);
  audience.see_out(*judged, flags.out, code);
  return code;
}

}  // namespace loadgate::cli
