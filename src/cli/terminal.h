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
  bool is_quiet = false;        // The verdict alone: no progress, no tables.
  GithubLog* github = nullptr;  // The job that we are a step of, where we are.

  // --color, then NO_COLOR, then CLICOLOR_FORCE, then whether standard output is a
  // terminal; GitHub's logs render colour, and fold details.
  report::ConsoleStyle style() const;

  // "loadgate: …" on err.
  void complain(const std::string& text) const;
  // Progress, unless quiet.
  void say(const std::string& line) const;
};

bool is_terminal(int descriptor);
bool can_redraw(int descriptor);  // A terminal that moves its cursor.
// 80 where it is no terminal; GitHub shows lines of 120 and wraps longer ones.
int columns_of(int descriptor);

}  // namespace loadgate::cli
