#include "base/random.h"
#include "cli/commands.h"
#include "load/runner.h"
#include "process/signals.h"
#include "session/demo.h"

namespace loadgate::cli {

ExitCode play_demo(const std::filesystem::path& out, std::optional<std::uint64_t> seed,
                   const Terminal& terminal) {
  session::DemoOptions options;
  options.out = out;
  options.workers = load::default_workers();
  options.seed = seed.value_or(0);
  if (!seed) options.seed = fresh_seed();
  options.stop_request = &process::watch_stop_signals();
  options.say = [&terminal](const std::string& line) { terminal.say(line); };
  const Result<session::Demo> demo = session::demo(options);
  if (!demo) {
    terminal.complain(demo.error().text);
    return ExitCode::invalid_run;
  }
  if (demo->end == session::DemoEnd::interrupted) return ExitCode::interrupted;
  terminal.out << '\n' << report::render_console(demo->slower, demo->paths, terminal.style());
  if (demo->end == session::DemoEnd::as_expected) {
    terminal.out
        << "\nThe unchanged build passed, the slower one failed: `loadgate run` would have "
           "ended\nwith exit code 1 here, and the pull request with it.\n";
    return ExitCode::passed;
  }
  terminal.out << "\nThis is not what the demo expects (a pass for the unchanged build, then a "
                  "regression):\nthe machine was too busy, or loadgate has a bug. Try once more.\n";
  return ExitCode::invalid_run;
}

}  // namespace loadgate::cli
