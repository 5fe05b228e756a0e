#pragma once

// What services and machine spent as JSON, alike in results, in the epochs of a duet and in
// baselines. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "metrics/json_cursor.h"
#include "metrics/resource_use.h"

namespace loadgate::metrics {

nlohmann::json json_of(const ResourceUse& use);
ResourceUse resource_use_at(const JsonCursor& at);

nlohmann::json json_of(const MachineUse& use);
MachineUse machine_use_at(const JsonCursor& at);

// Both controls of a run: what was not measured is left out, and may be missing.
void add_controls(const std::optional<Control>& before, const std::optional<Control>& after,
                  nlohmann::json& written);
std::optional<Control> control_at(const JsonCursor& at, std::string_view field);

}  // namespace loadgate::metrics
