#pragma once

// Target, path and query joined into the URL of a request, and the path's own checks.

#include <string_view>

#include "reader/compile.h"

namespace loadgate::reader {

// `path` is the value of "get:" and its kin. Complains where it is none.
plan::Template compile_url(const Entry& path, const Entry* query, const plan::Names& names,
                           Draft& draft);

// The path without scheme and host, for hashing: where the service runs is no load.
std::string_view without_origin(std::string_view url);

// "a=1&b={{ x }}", for queries and forms.
plan::Template compile_form_map(const YamlNode& map, const plan::Names& names, Draft& draft);

}  // namespace loadgate::reader
