#include <fmt/format.h>

#include <thread>

#include "base/units.h"
#include "cli/commands.h"
#include "process/signals.h"
#include "server/demo_target.h"
#include "session/demo.h"

namespace loadgate::cli {
namespace {

std::optional<server::Faults> faults_of(const TargetFlags& flags, const Terminal& terminal) {
  const std::optional<double> slower = parse_share(flags.slower);
  const std::optional<double> delayed = parse_share(flags.delayed);
  const std::optional<Nanoseconds> delay = parse_duration(flags.delay);
  const std::optional<double> errors = parse_share(flags.errors);
  if (slower && delayed && delay && errors) {
    return server::Faults{*slower, *delayed, *delay, *errors};
  }
  terminal.complain(
      "write faults with their units: --slower 20%, --delayed 1%, --delay 200ms, "
      "--errors 2%");
  return std::nullopt;
}

}  // namespace

ExitCode serve_target(const TargetFlags& flags, const Terminal& terminal) {
  const std::optional<server::Faults> faults = faults_of(flags, terminal);
  if (!faults) return ExitCode::bad_input;
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
