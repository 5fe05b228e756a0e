#pragma once

// Who watches a run: the progress line, unless quiet, and the live page where one is asked
// for. Main thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "live/live_page.h"
#include "live/progress_line.h"
#include "load/runner.h"
#include "session/judged_run.h"

namespace loadgate::cli {

class Audience final : public load::Observer {
 public:
  // `terminal` outlives it.
  explicit Audience(const Terminal& terminal);

  // Says where the page is; false after a complaint, and then nothing may be sent. Where
  // nobody asks for a page nothing is done.
  bool open_page(const std::optional<server::Endpoint>& endpoint, live::Outline outline);

  const Terminal& terminal() const { return terminal_; }
  // Null where nobody watches: then a run spares the effort.
  load::Observer* observer() { return line_ || page_ ? this : nullptr; }
  void progress(const load::Progress& now) override;
  void say(const std::string& line);

  // The load is over, and standard error free again.
  void clear_line() { line_.reset(); }

  // Last. Open pages turn into the report of `out`; they are given a moment to load it, less
  // where a signal asks to stop.
  void see_out(const session::JudgedRun& judged, const std::filesystem::path& out, ExitCode code);
  // The same where nothing was sent.
  void see_out(const std::string& complaint, ExitCode code);

 private:
  void see_out(live::End end);

  const Terminal& terminal_;
  std::unique_ptr<live::ProgressLine> line_;
  std::unique_ptr<live::LivePage> page_;
};

}  // namespace loadgate::cli
