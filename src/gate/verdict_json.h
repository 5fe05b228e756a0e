#pragma once

// A verdict as a JSON value, for those who store it inside a larger document and write
// that with pretty() (metrics/json_text.h). Others use to_json() and parse_verdict() of
// verdict.h. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "base/result.h"
#include "gate/verdict.h"

namespace loadgate::gate {

nlohmann::json json_of(const Verdict& verdict);

// `path` is where the value stands in its document, for complaints.
Result<Verdict> verdict_of(const nlohmann::json& value, std::string_view path = "verdict");

}  // namespace loadgate::gate
