#pragma once

// The run while it goes on, on standard error: one redrawn line on a terminal, a line
// every 10 s elsewhere. Called from the main thread, once a second.

#include <cstddef>
#include <ostream>

#include "load/runner.h"

namespace loadgate::live {

class ProgressLine final : public load::Observer {
 public:
  // `is_terminal`: redraw one line of at most `width` columns. Where these are few, what
  // matters less is left out; where they are many, a bar says how far the run is.
  ProgressLine(std::ostream& out, bool is_terminal, int width);
  // Clears a line drawn last, so that what follows begins at the margin.
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void progress(const load::Progress& now) override;

 private:
  void redraw(const load::Progress& now);
  void write_line(const load::Progress& now);

  std::ostream& out_;
  const bool is_terminal_;
  const std::size_t width_;
  bool is_drawn_ = false;
  Nanoseconds next_line_;
};

}  // namespace loadgate::live
