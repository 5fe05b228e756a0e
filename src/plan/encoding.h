#pragma once

// How text is written so that it arrives as it was meant. Appends only; pure, any thread.

#include <cstdint>
#include <string>
#include <string_view>

namespace loadgate::plan {

// What a filled placeholder goes through on its way into the text.
enum class Encoding : std::uint8_t {
  none,    // Plain bodies.
  header,  // Control characters become blanks, so a value cannot end its header's line.
  path,    // Percent-encoded, "/" too: one placeholder is one path segment or part of it.
  form,    // application/x-www-form-urlencoded, for query and form values.
  json,    // Inside a JSON string literal: quotes and backslashes escaped.
};

void append_encoded(std::string_view text, Encoding encoding, std::string& out);

// The literal part of a path: what a URL cannot hold (blanks, quotes, letters beyond
// ASCII, a "%" that encodes nothing) is percent-encoded, everything else stays.
void append_path_literal(std::string_view text, std::string& out);

}  // namespace loadgate::plan
