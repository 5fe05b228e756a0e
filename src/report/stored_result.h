#pragma once

// result.json: a run and its verdict, versioned, so that reports can be written
// again byte for byte. docs/result.md describes it.

#include <string>
#include <string_view>

#include "base/result.h"
#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::report {

struct StoredResult {
  metrics::RunResult run;
  gate::Verdict verdict;
};

std::string to_json(const metrics::RunResult& run, const gate::Verdict& verdict);
Result<StoredResult> parse_stored_result(std::string_view json);

}  // namespace loadgate::report
