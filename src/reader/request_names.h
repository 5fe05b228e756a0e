#pragma once

// The rows of reports that requests belong to, and what they were called before.

#include <cstddef>
#include <string_view>

#include "reader/item.h"

namespace loadgate::reader {

// The row of a request, made if new: an index into Plan::request_names. `files` is the
// content of the files it sends. REQUIRES: item.is_request().
std::size_t name_request(const Item& item, plan::Role role, std::string_view files, Draft& draft);

// Complains about older names that cannot be told apart. REQUIRES: all requests are read.
void check_older_names(Draft& draft);

}  // namespace loadgate::reader
