#pragma once

// A run's result as a JSON value, for those who store it inside a larger document and
// write that with pretty() (metrics/json_text.h). Others use to_json() and
// parse_run_result() of run_result.h. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>

#include "metrics/run_result.h"

namespace loadgate::metrics {

nlohmann::json json_of(const RunResult& result);

// `path` is where the value stands in its document, for complaints: "run".
Result<RunResult> run_result_of(const nlohmann::json& value, std::string_view path);

}  // namespace loadgate::metrics
