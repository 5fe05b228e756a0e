#pragma once

// The headers of a request: its own, over those of `http`, over the usual ones.

#include <string_view>
#include <vector>

#include "reader/compile.h"

namespace loadgate::reader {

// `own` may be nullptr; `content_type` may be empty.
std::vector<plan::Header> compile_headers(const YamlNode* own, std::string_view content_type,
                                          const plan::Names& names, Draft& draft);

}  // namespace loadgate::reader
