#pragma once

// Target, path and query joined into the URL of a request, and the path's own checks.

#include "reader/compile.h"

namespace loadgate::reader {

// `path` is the value of "get:" and its kin: a path on the target, or a whole URL, whose
// host the plan then knows. Complains where it is neither.
plan::Template compile_url(const Entry& path, const Entry* query, const plan::Names& names,
                           Draft& draft);

// "a=1&b={{ x }}", for queries and forms.
plan::Template compile_form_map(const YamlNode& map, const plan::Names& names, Draft& draft);

}  // namespace loadgate::reader
