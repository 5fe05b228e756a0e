#pragma once

// What the types of the key tables ("a duration") are in JSON Schema. For schema.cpp.

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace loadgate::reader {

// REQUIRES: a type that some key table names. Wherever one text, number or truth value is
// expected, a text with "${" passes: the environment decides what it is.
nlohmann::ordered_json schema_of_type(std::string_view type);

}  // namespace loadgate::reader
