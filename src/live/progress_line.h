#pragma once

// The run while it goes on, on standard error: one redrawn line on a terminal, a line
// every 10 s elsewhere. Called from the main thread, once a second.

#include <ostream>

#include "load/runner.h"

namespace loadgate::live {

class ProgressLine final : public load::Observer {
 public:
  // `is_terminal`: redraw one line of at most `width` columns.
  ProgressLine(std::ostream& out, bool is_terminal, int width);
  // Clears a line drawn last, so that what follows begins at the margin.
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void progress(const load::Progress& now) override;
};

}  // namespace loadgate::live
