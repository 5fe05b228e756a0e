#pragma once

// JSON of a foreign file as the values of a sketch. For the .cpp files that read such.

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "base/result.h"
#include "reader/secret_box.h"
#include "reader/sketch.h"

namespace loadgate::reader {

// The document, or where it stops being JSON: "file:3:17: this is not JSON". Its text is
// not quoted: recordings hold secrets.
Result<nlohmann::ordered_json> parse_json(std::string_view text, const std::string& file);

// Adds the values of secret fields, at any depth.
void collect_secrets(const nlohmann::ordered_json& json, SecretBox& secrets);

// Nothing where a plan cannot write it: too deep, or a key with "{{".
std::optional<SketchValue> sketch_value(const nlohmann::ordered_json& json,
                                        const SecretBox& secrets);

}  // namespace loadgate::reader
