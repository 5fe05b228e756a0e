#pragma once

// `auth`: who a request says its user is.

#include <optional>

#include "plan/scenario.h"
#include "reader/keys.h"

namespace loadgate::reader {

// The Authorization header. What it is made of becomes secret: captures, variables, fields
// of data, and texts that come from the environment.
std::optional<plan::Header> read_auth(const Field& field, const plan::Names& names);

}  // namespace loadgate::reader
