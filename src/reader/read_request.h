#pragma once

// One request of the plan, compiled and checked.

#include <cstddef>

#include "reader/item.h"

namespace loadgate::reader {

// Adds it to the draft's plan with its name; gives its index into Plan::requests. What is
// wrong is left out, with a complaint. REQUIRES: item.is_request().
std::size_t add_request(const Item& item, plan::Role role, const plan::Names& names, Draft& draft);

}  // namespace loadgate::reader
