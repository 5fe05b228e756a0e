#pragma once

// Text from servers, plans and environments, made harmless for one kind of reader.
// Pure functions, any thread. For terminals base/text.h has printable().

#include <cstddef>
#include <string>
#include <string_view>

namespace loadgate::report {

// At most `longest` characters, the middle left out as "…". REQUIRES: valid UTF-8.
std::string cut_middle(std::string_view text, std::size_t longest);

// One line for a terminal: printable, at most `longest` characters.
std::string terminal_line(std::string_view text, std::size_t longest);

// For an HTML page, not yet escaped: line ends are "\n", other control characters and
// broken bytes show as "?".
std::string page_text(std::string_view text, std::size_t longest);

// For XML, not yet escaped: what XML 1.0 forbids is removed, and so is what a terminal
// that prints the file would obey.
std::string xml_text(std::string_view text, std::size_t longest);

}  // namespace loadgate::report
