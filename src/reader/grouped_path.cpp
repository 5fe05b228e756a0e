#include "reader/grouped_path.h"

#include <algorithm>

#include "base/text.h"

namespace loadgate::reader {
namespace {

constexpr std::size_t kLongHex = 12;  // "deadbeef" and "facade" may be words.

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_uuid(std::string_view word) {
  if (word.size() != 36) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_hyphen ? word[i] != '-' : !is_hex(word[i])) return false;
  }
  return true;
}

bool is_id(std::string_view word) {
  if (word.empty()) return false;
  if (std::all_of(word.begin(), word.end(), is_digit)) return true;
  const bool is_long_hex = word.size() >= kLongHex &&
                           std::all_of(word.begin(), word.end(), is_hex) &&
                           std::any_of(word.begin(), word.end(), is_digit);
  return is_long_hex || is_uuid(word);
}

}  // namespace

std::string grouped_path(std::string_view path) {
  std::string out;
  bool is_first = true;
  for (const std::string_view segment : split(path, '/')) {
    if (!is_first) out += '/';
    is_first = false;
    out += is_id(segment) ? ":id" : segment;
  }
  return out;
}

}  // namespace loadgate::reader
