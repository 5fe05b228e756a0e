#include <fmt/format.h>

#include <thread>

#include "cli/commands.h"
#include "process/signals.h"
#include "server/demo_target.h"
#include "session/demo.h"

namespace loadgate::cli {
ExitCode serve_target(const TargetFlags& flags, const Terminal& terminal) {
  const Result<server::Faults> faults = server::parse_faults(flags.faults);
  if (!faults) {
    terminal.complain(faults.error().text);
    return ExitCode::bad_input;
  }
  const std::atomic<int>& stop = process::watch_stop_signals();
  const auto target = server::DemoTarget::start(flags.port, *faults);
  if (!target) {
    terminal.complain(target.error().text);
    return ExitCode::bad_input;
  }
  terminal.out << fmt::format("{}http://127.0.0.1:{}", session::kTargetReady, (*target)->port())
               << std::endl;
  while (stop.load() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return ExitCode::passed;
}

}  // namespace loadgate::cli
