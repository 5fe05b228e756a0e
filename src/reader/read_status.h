#pragma once

// `status` of `expect`: 201, 2xx, or a list of both.

#include <optional>

#include "plan/check.h"
#include "reader/keys.h"

namespace loadgate::reader {

std::optional<plan::StatusRule> read_status(const Field& field);

}  // namespace loadgate::reader
