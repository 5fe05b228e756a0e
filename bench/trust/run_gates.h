#pragma once

// `loadgate run` beside a stored baseline of ten runs, again on recorded runs; and what naive
// rules say of the same runs. One thread.

#include <cstdint>
#include <string>
#include <vector>

#include "recording.h"

namespace loadgate::trust {

struct RunPool {
  std::vector<RecordedRun> equal;  // Of one build, in the order of time.
  std::vector<RecordedRun> head;   // Of another one. Empty: head is equal too.
};

// A line of JSON for each gate: conclusion, what failed, what stayed open, and which of the
// naive rules call the run worse. A regression is looked at again in the next run, and counts
// where both find it. Rules look at all requests, "… of each" at each request name too; they
// compare with the last run before, or for a limit that somebody noted once, with the tenth
// before.

// Each run that has ten equal ones before it and one after it, against those ten: as
// `loadgate run` would have judged them then.
Result<std::string> run_gates_in_a_row(const RunPool& pool);

// Ten equal runs and two of head, of chance.
Result<std::string> run_gates_by_chance(const RunPool& pool, std::size_t gates, std::uint64_t seed);

}  // namespace loadgate::trust
