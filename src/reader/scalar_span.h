#pragma once

// yaml-cpp says where a value begins (at its tag or anchor, even); this finds where the
// value itself stands. Pure functions.

#include <optional>
#include <string_view>

#include "reader/plan_text.h"

namespace loadgate::reader {

// The scalar that begins at `offset`, whose value is `value`; at most one line of it.
// Nothing where it opens a quote that is never closed.
std::optional<Span> scalar_span(std::string_view text, std::size_t offset, std::string_view value);

// `offset` moved behind tags ("!!str") and anchors ("&name").
std::size_t skip_properties(std::string_view text, std::size_t offset);

}  // namespace loadgate::reader
