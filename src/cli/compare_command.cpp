#include "cli/announce.h"
#include "cli/commands.h"
#include "session/judge_again.h"
#include "session/reports.h"

namespace loadgate::cli {

ExitCode compare_results(const CompareFlags& flags, const Terminal& terminal) {
  const Result<session::Compared> compared = session::compare(flags.base, flags.head);
  if (!compared) {
    terminal.complain(compared.error().text);
    return ExitCode::bad_input;
  }
  std::vector<std::string> paths;
  if (flags.out) {
    Result<std::vector<std::string>> written = session::write_reports(
        compared->run, compared->summary, *flags.out, flags.delivery.junit_family);
    if (!written) {
      terminal.complain(written.error().text);
      return ExitCode::bad_input;
    }
    paths = std::move(*written);
  }
  announce(compared->summary, paths, flags.delivery.format, terminal);
  return exit_code_of(compared->summary.verdict.conclusion, flags.strictness);
}

}  // namespace loadgate::cli
