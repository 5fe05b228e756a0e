#pragma once

// What the command writes to, and how. Main thread.

#include <ostream>
#include <string>

#include "report/console_report.h"

namespace loadgate::cli {

class GithubLog;

enum class Color { automatic, always, never };

struct Terminal {
  std::ostream& out;  // Results.
  std::ostream& err;  // Progress and complaints.
  Color color = Color::automatic;
  bool is_quiet = false;        // No progress.
  GithubLog* github = nullptr;  // The job that we are a step of, where we are.

  // --color, then NO_COLOR, then CLICOLOR_FORCE, then whether standard output is a
  // terminal; GitHub's logs render colour.
  report::ConsoleStyle style() const;

  // "loadgate: …" on err.
  void complain(const std::string& text) const;
  // Progress, unless quiet.
  void say(const std::string& line) const;
};

bool is_terminal(int descriptor);
int columns_of(int descriptor);  // 80 where it is no terminal.

}  // namespace loadgate::cli
