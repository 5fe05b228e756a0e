#pragma once

// A verdict as a JSON value, for those who store it inside a larger document. Only for
// sources that include nlohmann/json.hpp anyway; others use to_json in verdict.h.

#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "gate/verdict.h"

namespace loadgate::gate {

nlohmann::json json_of(const Verdict& verdict);
Result<Verdict> verdict_of(const nlohmann::json& json);  // The error names the field.

}  // namespace loadgate::gate
