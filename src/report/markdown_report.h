#pragma once

// The summary of a judged run as GitHub shows it under a job: what got worse, by how much,
// how sure and where comes first. Pure function, any thread.

#include <cstddef>
#include <string>

#include "gate/summary.h"

namespace loadgate::report {

// What GitHub takes from one step for its job's summary.
inline constexpr std::size_t kMostOfStepSummary = 1024UL * 1024UL;

// At most `most_bytes`; empty where there is no room for anything. What is left out is said.
std::string render_markdown(const gate::Summary& summary, std::size_t most_bytes);

}  // namespace loadgate::report
