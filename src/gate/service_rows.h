#pragma once

// What services and machine spent, as reports show it. Pure, inside gate only.

#include <optional>
#include <vector>

#include "gate/summary.h"

namespace loadgate::gate {

std::vector<ServiceRow> service_rows(const metrics::RunResult& run);
std::optional<metrics::MachineShares> machine_shares(const metrics::RunResult& run);

}  // namespace loadgate::gate
