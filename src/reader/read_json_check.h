#pragma once

// `json` of `expect`: what stands at a JSON path of the body.

#include <vector>

#include "plan/check.h"
#include "reader/keys.h"

namespace loadgate::reader {

std::vector<plan::JsonCheck> read_json_checks(const Field& field, const plan::Names& names);

}  // namespace loadgate::reader
