#pragma once

// Recorded duets and runs in small form, as the repo keeps them: one line of JSON each. Times
// of requests stand second by second, in bins of 1 %. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "metrics/run_digest.h"
#include "metrics/run_result.h"

namespace loadgate::trust {

struct RecordedEpoch {
  metrics::Epoch epoch;
  Nanoseconds took{};  // From its start to that of the next one.
};

struct RecordedDuet {
  metrics::RunResult run;  // Without its epochs.
  std::vector<RecordedEpoch> epochs;
};

struct RecordedRun {
  metrics::RunResult run;
  metrics::RunDigest digest;         // Of `run`.
  std::vector<Nanoseconds> medians;  // Of all requests, second by second.
};

// Of the result.json of a duet, or of a run with one judged stage, without what the gate does
// not read. Epochs that do not count are left out and counted ("spoilt").
Result<std::string> pack(std::string_view result_json);

Result<RecordedDuet> unpack_duet(std::string_view line);
Result<RecordedRun> unpack_run(std::string_view line);

}  // namespace loadgate::trust
