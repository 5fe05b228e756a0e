#pragma once

// A verdict as the tables of bench/trust need it.

#include <nlohmann/json_fwd.hpp>

#include "gate/verdict.h"

namespace loadgate::trust {

// {"conclusion", "failed": [[request, metric, change]], "open": [[request, metric, cause]],
// "compared": how many comparisons there were}
nlohmann::json line_of(const gate::Verdict& verdict);

}  // namespace loadgate::trust
