#pragma once

// Paths that differ only in ids are one name in reports. Pure functions.

#include <string>
#include <string_view>

namespace loadgate::reader {

// "/items/42" -> "/items/:id": numbers, UUIDs and long hexadecimal words are ids.
std::string grouped_path(std::string_view path);

}  // namespace loadgate::reader
