#pragma once

// YAML that is no plan, as JSON: descriptions of APIs, examples of keys. For the .cpp
// files that read such.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace loadgate::reader {

// Errors carry file, line and column. Aliases and depth are bounded.
Result<nlohmann::ordered_json> parse_yaml(std::string_view text, const std::string& file);

}  // namespace loadgate::reader
