#include "load/response_head.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace loadgate::load {
namespace {

struct Field {
  std::string_view name, value;
};

// Nothing for a status line, which has no colon before its first blank.
std::optional<Field> field_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || line.find(' ') < colon) return std::nullopt;
  return Field{line.substr(0, colon), trimmed(line.substr(colon + 1))};
}

bool is_same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && lower(a) == lower(b);
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view head) {
  std::vector<std::string_view> lines;
  for (std::string_view line : split(head, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::optional<std::string_view> header_of(std::string_view head, std::string_view name) {
  for (const std::string_view line : lines_of(head)) {
    const std::optional<Field> field = field_of(line);
    if (field && is_same_name(field->name, name)) return field->value;
  }
  return std::nullopt;
}

std::optional<std::string_view> cookie_of(std::string_view lines, std::string_view name) {
  std::optional<std::string_view> found;
  for (const std::string_view line : lines_of(lines)) {
    const std::optional<Field> field = field_of(line);
    if (!field || !is_same_name(field->name, "set-cookie")) continue;
    const std::string_view pair = field->value.substr(0, field->value.find(';'));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
    found = trimmed(pair.substr(equals + 1));
  }
  return found;
}

bool is_private_header(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kPrivate = {
      "authorization", "proxy-authorization", "cookie", "set-cookie"};
  return std::find(kPrivate.begin(), kPrivate.end(), lower(name)) != kPrivate.end();
}

}  // namespace loadgate::load
