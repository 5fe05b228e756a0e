#pragma once

// RFC 4648 base64 with padding. Pure functions, any thread.

#include <optional>
#include <string>
#include <string_view>

namespace loadgate::metrics {

std::string to_base64(std::string_view bytes);

// Nothing where `text` is not whole, padded base64 without line breaks.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace loadgate::metrics
