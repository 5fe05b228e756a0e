#pragma once

// The end of a run on standard output: thresholds first, then the difference to the
// baseline, then totals by request, then paths and the command to run it again.

#include <string>
#include <vector>

#include "gate/summary.h"

namespace loadgate::report {

struct ConsoleStyle {
  bool color = false;
  int width = 80;  // Columns; a wide page tells more, a narrow one cuts names.
  bool is_verdict_only = false;
  bool folds = false;  // Details lie between GitHub's "::group::" and "::endgroup::".
};

// `paths` are the reports that were written, as the user can open them.
std::string render_console(const gate::Summary& summary, const std::vector<std::string>& paths,
                           const ConsoleStyle& style);

}  // namespace loadgate::report
