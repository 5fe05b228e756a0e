#pragma once

// A verdict, told in every way that was asked for: as a page for people or as JSON for
// programs, and to the job of GitHub Actions that we run in. Main thread.

#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "gate/summary.h"

namespace loadgate::cli {

// `paths` are those of the reports that were written.
void announce(const gate::Summary& summary, const std::vector<std::string>& paths,
              OutputFormat format, const Terminal& terminal);

}  // namespace loadgate::cli
