#pragma once

// JSON documents as text, the way our files hold them. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace loadgate::metrics {

// Keys sorted, one blank a level, a newline at the end. Lists of plain values, and
// objects of plain values within a list, stand on one line each: a window, a user
// count, a request name; so that differences read well and files stay small. Broken
// UTF-8 becomes U+FFFD.
std::string pretty(const nlohmann::json& document);

// The error says where the text stops being JSON.
Result<nlohmann::json> parse_json(std::string_view text);

}  // namespace loadgate::metrics
