#pragma once

// What a duet found, in words. Pure, inside gate only.

#include <string>
#include <vector>

#include "gate/duet_case.h"
#include "gate/duet_guards.h"
#include "gate/verdict.h"

namespace loadgate::gate {

// One sentence without a newline, as explain() for stored runs.
std::string explain_duet(const DuetCase& one);

// What would settle an inconclusive comparison; empty for others. `level` is the
// significance one comparison needs.
std::string advise_duet(const DuetCase& one, double level, const metrics::Duet& duet);

// What readers of the verdict should know; a sentence each.
std::vector<std::string> duet_remarks(const metrics::RunResult& run,
                                      const std::vector<DuetRequest>& requests,
                                      const std::optional<Guard>& guard);

// Why there is no verdict for want of epochs, and what to do. No full stop.
std::string too_few_epochs(const DuetInfo& info);

}  // namespace loadgate::gate
