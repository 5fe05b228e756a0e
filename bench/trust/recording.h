#pragma once

// Recorded epochs in small form, as the repo keeps them: one line of JSON for each
// `loadgate duet` that recorded some. Times of requests stand second by second, in bins of
// 1 %. One thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "metrics/run_result.h"

namespace loadgate::trust {

// Of one second of all requests together.
struct WindowLevel {
  Nanoseconds p50{}, p95{};
};

struct RecordedEpoch {
  metrics::Epoch epoch;
  std::vector<WindowLevel> base, head;  // Of the held part.
  Nanoseconds took{};                   // From its start to that of the next one.
};

struct Recording {
  metrics::RunResult run;  // Without its epochs.
  std::vector<RecordedEpoch> epochs;
};

// Of a duet's result.json, without what the gate does not read. Epochs that do not count
// are left out and counted ("spoilt").
Result<std::string> pack(std::string_view result_json);

Result<Recording> unpack(std::string_view line);

}  // namespace loadgate::trust
