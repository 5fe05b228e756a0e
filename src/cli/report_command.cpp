#include "cli/commands.h"
#include "gate/summary.h"
#include "session/judge_again.h"
#include "session/reports.h"

namespace loadgate::cli {

// Writes what stands in the result; it judges nothing, so it passes whatever the
// verdict was.
ExitCode report_again(const std::string& result, const std::filesystem::path& out,
                      const Terminal& terminal) {
  Result<report::StoredResult> stored = session::read_result(result);
  if (!stored) {
    terminal.complain(stored.error().text);
    return ExitCode::bad_input;
  }
  const gate::Summary summary = gate::summarize(stored->run, std::move(stored->verdict));
  const Result<std::vector<std::string>> paths = session::write_reports(stored->run, summary, out);
  if (!paths) {
    terminal.complain(paths.error().text);
    return ExitCode::bad_input;
  }
  terminal.out << report::render_console(summary, *paths, terminal.style());
  return ExitCode::passed;
}

}  // namespace loadgate::cli
