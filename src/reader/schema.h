#pragma once

// The JSON Schema (draft-07) of plans, for editors: made from the readers' key tables, so
// that both know the same keys. What needs more than one look (names that must exist, YAML
// itself) only the reader finds. Any thread.

#include <string>

namespace loadgate::reader {

std::string plan_schema();

}  // namespace loadgate::reader
