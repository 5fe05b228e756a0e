#include <fmt/format.h>

#include <map>
#include <string>

#include "base/text.h"
#include "baseline/store.h"
#include "cli/commands.h"
#include "cli/load_session.h"
#include "gate/drift.h"
#include "session/run.h"

namespace loadgate::cli {

ExitCode pin_baseline(const std::string& file, const std::filesystem::path& baseline,
                      const Terminal& terminal) {
  const std::optional<plan::Plan> plan = open_or_complain(file, {}, terminal);
  if (!plan) return ExitCode::bad_input;
  const baseline::Store store(baseline);
  const Result<std::size_t> pinned = store.pin(plan->name);
  if (!pinned) {
    terminal.complain(pinned.error().text);
    return ExitCode::bad_input;
  }
  terminal.out << fmt::format("{} pinned in {}\n", counted(*pinned, "run"),
                              (store.folder_of(plan->name) / baseline::kAnchorFolder).string());
  return ExitCode::passed;
}

ExitCode check_baseline(const std::string& file, const std::filesystem::path& root,
                        const Terminal& terminal) {
  const std::optional<plan::Plan> plan = open_or_complain(file, {}, terminal);
  if (!plan) return ExitCode::bad_input;
  const auto baseline = session::read_baseline(root, plan->name);
  if (!baseline) {
    terminal.complain(baseline.error().text);
    return ExitCode::bad_input;
  }
  if (!*baseline || (*baseline)->anchor.empty()) {
    terminal.complain(
        fmt::format("no run of this plan is pinned, so there is nothing to drift from: loadgate "
                    "baseline pin {}",
                    file));
    return ExitCode::bad_input;
  }
  ExitCode code = ExitCode::passed;
  for (const metrics::Environment& environment : gate::environments_of(**baseline)) {
    const gate::Drift drift =
        gate::drift_of(gate::of_environment(**baseline, environment), plan->gate);
    terminal.out << printable(fmt::format("{}: {}\n", environment.text(), drift.sentence),
                              Newlines::keep);
    for (const std::string& one : drift.findings) terminal.out << "  " << printable(one) << '\n';
    if (!drift.findings.empty()) code = ExitCode::regression;
  }
  return code;
}

}  // namespace loadgate::cli
