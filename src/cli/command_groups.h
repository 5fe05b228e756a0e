#pragma once

// The commands as the command line offers them, each with its options: what the user
// chose is bound to its flags and waits in `chosen` until the whole line is read. The
// rest of what they do is in commands.h. Main thread.

#include <functional>
#include <string>

#include "cli/exit_code.h"
#include "cli/terminal.h"

namespace CLI {
class App;
}

namespace loadgate::cli {

using Command = std::function<ExitCode(const Terminal&)>;

// Both outlive the parsing.
struct Offer {
  CLI::App& app;
  Command& chosen;
  std::string group = "Commands";  // Under which help lists what is offered.
};

// run and baseline; `as_typed` is the whole line, for the reports.
void offer_runs(const Offer& offer, const std::string& as_typed);
// duet and noise: two builds side by side.
void offer_duets(const Offer& offer, const std::string& as_typed);
// compare and report: what is done with stored results.
void offer_results(const Offer& offer);
// completion and man: what shells are told about all the others.
void offer_shells(const Offer& offer);
// validate, try, init, schema, example: what plans are written with.
void offer_plans(const Offer& offer);
// demo and target.
void offer_demo(const Offer& offer);

}  // namespace loadgate::cli
