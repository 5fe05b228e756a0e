#pragma once

// What a request takes out of its response: "$.id", header X-Id, cookie sid, or
// regex 'id=(\d+)'.

#include <vector>

#include "plan/check.h"
#include "reader/keys.h"

namespace loadgate::reader {

// The value of `capture`. REQUIRES: its names are declared in `names`.
std::vector<plan::Capture> read_captures(const Field& field, const plan::Names& names);

}  // namespace loadgate::reader
