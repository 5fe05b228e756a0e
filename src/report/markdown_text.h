#pragma once

// Text from servers, plans and environments as Markdown that GitHub shows as it is: no
// markup, no links, no mentions, no maths. Pure functions, any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace loadgate::report {

// One line of running text or a cell of a table, never a block of its own: something of
// ours must stand before it. At most `longest` characters of `foreign` are shown.
std::string markdown_text(std::string_view foreign, std::size_t longest);

// A block that is shown letter by letter. `kind` is ours: "sh", "text".
std::string markdown_code(std::string_view foreign, std::string_view kind, std::size_t longest);

}  // namespace loadgate::report
