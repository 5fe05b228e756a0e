#pragma once

// Small questions about text. Pure functions; text is UTF-8, broken bytes are borne.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loadgate {

// For a terminal: control characters and broken UTF-8 become "?", so text from a
// server cannot move the cursor, change colours or forge lines. Tabs become spaces;
// newlines stay only with Newlines::keep.
enum class Newlines { replace, keep };
std::string printable(std::string_view text, Newlines newlines = Newlines::replace);

// Valid UTF-8 for JSON, XML and HTML: each broken byte becomes U+FFFD.
std::string valid_utf8(std::string_view text);

// At most `bytes` bytes, never cutting a character in two.
std::string_view truncated(std::string_view text, std::size_t bytes);

// The candidate a person who typed `word` most likely meant, if any is close.
std::optional<std::string> closest(std::string_view word, std::span<const std::string> candidates);

// How many characters (code points) `text` has; for carets and columns.
std::size_t characters(std::string_view text);

std::string_view trimmed(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string lower(std::string_view text);  // ASCII letters only.

// "1 request", "2 requests".
std::string counted(std::size_t number, std::string_view one);

// `text` as a name for a file: letters, digits, "-", "_" and "." stay, others
// become "-"; never empty, never begins with a dot.
std::string file_name(std::string_view text);

}  // namespace loadgate
