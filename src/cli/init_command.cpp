#include "base/text.h"
#include "cli/commands.h"
#include "session/init.h"

namespace loadgate::cli {

ExitCode init_plan(const session::InitOptions& options, const Terminal& terminal) {
  const auto written = session::init(options);
  if (!written) {
    terminal.complain(written.error().text);
    return ExitCode::bad_input;
  }
  for (const std::filesystem::path& file : *written) {
    terminal.out << printable("wrote " + file.string()) << '\n';
  }
  terminal.out << printable("next: loadgate validate " + written->front().string()) << '\n';
  return ExitCode::passed;
}

}  // namespace loadgate::cli
