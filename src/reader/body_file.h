#pragma once

// A file that a request sends.

#include <optional>
#include <string>
#include <string_view>

#include "reader/keys.h"

namespace loadgate::reader {

// Its content. Complains where it cannot be read.
std::optional<std::string> read_body_file(const Field& field);

// By the extension of the name: "pic.png" is "image/png".
std::string_view content_type_of(std::string_view name);

}  // namespace loadgate::reader
