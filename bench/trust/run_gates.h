#pragma once

// Gates over runs one after the other, each made of some recorded epochs: a stored
// baseline of ten runs, and the naive rules on the last run. One thread.

#include <string>

#include "pool.h"

namespace loadgate::trust {

inline constexpr std::size_t kStoredRuns = 10;

// A line of JSON for each run that has ten before it: the head side of the run against the
// base sides of those ten. A regression is looked at again in the run after it, and counts
// where both find it.
Result<std::string> stored_gates(const Pool& pool, std::size_t epochs_in_run, bool are_flipped);

// A line of JSON for the same runs: which rules call the head side of the run worse than
// the base side of the one right before it, or, for a limit that somebody noted once, of
// the tenth before it. They look at all requests; "… of each" at each request name too.
Result<std::string> naive_gates(const Pool& pool, std::size_t epochs_in_run, bool are_flipped);

// A line of JSON for each epoch: log of head to base by metric, of all requests together; of
// error_rate the difference.
std::string levels(const Pool& pool);

}  // namespace loadgate::trust
