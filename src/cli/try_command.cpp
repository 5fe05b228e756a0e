#include "base/random.h"
#include "cli/commands.h"
#include "cli/load_session.h"
#include "process/signals.h"
#include "session/try_plan.h"

namespace loadgate::cli {
namespace {

ExitCode exit_code_of(session::TryEnd end) {
  switch (end) {
    case session::TryEnd::as_expected:
      return ExitCode::passed;
    case session::TryEnd::failed:
      return ExitCode::threshold_missed;
    case session::TryEnd::unreachable:
      return ExitCode::invalid_run;
    case session::TryEnd::interrupted:
      return ExitCode::interrupted;
  }
  return ExitCode::internal_error;
}

}  // namespace

ExitCode try_plan(const TryFlags& flags, const Terminal& terminal) {
  const std::optional<plan::Plan> plan = open_or_complain(flags.plan, flags.overrides, terminal);
  if (!plan) return ExitCode::bad_input;

  session::TryOptions options;
  options.scenario = flags.scenario;
  options.user = flags.user;
  options.seed = flags.seed ? *flags.seed : fresh_seed();
  options.color = terminal.style().color;
  options.stop_request = &process::watch_stop_signals();
  options.show = [&](std::string_view text) { terminal.out << text << std::flush; };
  options.say = [&](const std::string& line) { terminal.say(line); };

  const Result<session::Tried> tried = session::try_plan(*plan, options);
  if (!tried) {
    terminal.complain(tried.error().text);
    return ExitCode::bad_input;
  }
  for (const std::string& reason : tried->reasons) terminal.complain(reason);
  if (!flags.seed && tried->end != session::TryEnd::unreachable) {
    terminal.say("the same values again: --seed " + std::to_string(options.seed));
  }
  return exit_code_of(tried->end);
}

}  // namespace loadgate::cli
