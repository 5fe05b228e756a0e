#pragma once

// `loadgate compare` and `loadgate report`: stored results, judged or written again.
// Nothing is sent. Main thread.

#include <string>

#include "base/result.h"
#include "gate/judge.h"
#include "gate/summary.h"
#include "report/stored_result.h"

namespace loadgate::session {

Result<report::StoredResult> read_result(const std::string& file);

// A result.json, a file of a baseline, or a folder of either.
Result<gate::Baseline> read_base(const std::string& path);

// Judges the result in `head` against what lies at `base`.
struct Compared {
  metrics::RunResult run;
  gate::Summary summary;
};
Result<Compared> compare(const std::string& base, const std::string& head);

}  // namespace loadgate::session
