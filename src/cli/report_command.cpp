#include "cli/announce.h"
#include "cli/commands.h"
#include "gate/summary.h"
#include "session/judge_again.h"
#include "session/reports.h"

namespace loadgate::cli {

// Writes what stands in the result; it judges nothing, so it passes whatever the
// verdict was.
ExitCode report_again(const ReportFlags& flags, const Terminal& terminal) {
  Result<report::StoredResult> stored = session::read_result(flags.result);
  if (!stored) {
    terminal.complain(stored.error().text);
    return ExitCode::bad_input;
  }
  const gate::Summary summary = gate::summarize(stored->run, std::move(stored->verdict));
  const Result<std::vector<std::string>> paths =
      session::write_reports(stored->run, summary, flags.out, flags.junit_family);
  if (!paths) {
    terminal.complain(paths.error().text);
    return ExitCode::bad_input;
  }
  announce(summary, *paths, OutputFormat::text, terminal);
  return ExitCode::passed;
}

}  // namespace loadgate::cli
