#pragma once

// `variables`.

#include "reader/keys.h"

namespace loadgate::reader {

void read_variables(const Field& field, Draft& draft);

// Complains if no variable may be called so.
bool is_good_variable_name(const Entry& entry, Draft& draft);

}  // namespace loadgate::reader
