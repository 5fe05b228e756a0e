#pragma once

// Looks into the header lines of a response. Pure functions; what they give lives as long
// as the text it was found in.

#include <optional>
#include <string_view>
#include <vector>

namespace loadgate::load {

// The lines of a head without the last, empty one.
std::vector<std::string_view> lines_of(std::string_view head);

// The value of the first header of that name, whatever its case.
std::optional<std::string_view> header_of(std::string_view head, std::string_view name);

// What the last of the "Set-Cookie: …" lines that names this cookie sets.
std::optional<std::string_view> cookie_of(std::string_view lines, std::string_view name);

// Headers whose values nobody shall see: Authorization, Proxy-Authorization, Cookie and
// Set-Cookie.
bool is_private_header(std::string_view name);

}  // namespace loadgate::load
