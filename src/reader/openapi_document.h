#pragma once

// A description's text as one tree, whether it is YAML or JSON, and the references in it.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace loadgate::reader {

// Errors carry file, line and column. Bounded like plans are: aliases and depth.
Result<nlohmann::ordered_json> read_openapi_document(std::string_view text,
                                                     const std::string& file);

// What `part` refers to ("$ref": "#/components/…"), or itself. Null where a reference leads
// nowhere, round in a circle, or into another file.
const nlohmann::ordered_json& resolved(const nlohmann::ordered_json& part,
                                       const nlohmann::ordered_json& document);

// `object[key]`, resolved; null where there is none.
const nlohmann::ordered_json& member(const nlohmann::ordered_json& object, std::string_view key,
                                     const nlohmann::ordered_json& document);

// Empty where it is no text.
std::string text_member(const nlohmann::ordered_json& object, std::string_view key,
                        const nlohmann::ordered_json& document);

}  // namespace loadgate::reader
