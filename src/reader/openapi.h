#pragma once

// An OpenAPI 3.0 or 3.1 description (YAML or JSON) as a plan in outline: one task for each
// operation, reading ones first. Pure functions.

#include <string>
#include <string_view>

#include "base/result.h"
#include "reader/sketch.h"

namespace loadgate::reader {

// `file` names the description in errors. References into other files are not followed.
Result<Sketch> read_openapi(std::string_view text, const std::string& file);

}  // namespace loadgate::reader
