#pragma once

// The headers of a request: its own, over those of `http`, over the usual ones.

#include <string>
#include <string_view>
#include <vector>

#include "plan/scenario.h"
#include "reader/compile.h"

namespace loadgate::reader {

struct ContentType {
  std::string text{};  // Empty: none.
  // Where the body alone can say its type, as it holds the boundary: the key that gives it.
  const Entry* fixed_by = nullptr;
};

// `own` may be nullptr.
std::vector<plan::Header> compile_headers(const YamlNode* own, const ContentType& type,
                                          const plan::Names& names, Draft& draft);

// Says the same name with `header`, whatever said it before.
void set_header(plan::Header header, std::vector<plan::Header>& headers);

// RFC 9110, section 5.6.2: a token.
bool is_header_name(std::string_view name);
// One line without control characters, which would break the request apart.
bool is_header_value(std::string_view value);
// The entry of a map of headers, whatever the case of its letters; or nullptr.
const Entry* find_header(const YamlNode& map, std::string_view name);

// Those of a map that can stand in a request or response. Complains about the others.
std::vector<const Entry*> sound_headers(const YamlNode& map, Draft& draft);
// Complains about text that would break a header apart.
bool is_one_line(const YamlNode& value, Draft& draft);

}  // namespace loadgate::reader
