#include "reader/request_headers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace loadgate::reader {
namespace {

bool is_same_header(std::string_view a, std::string_view b) { return lower(a) == lower(b); }

plan::Header* find(std::vector<plan::Header>& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const plan::Header& header) {
    return is_same_header(header.name, name);
  });
  return found == headers.end() ? nullptr : &*found;
}

// RFC 9110, section 5.6.2: a token.
bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

// Complains about what would break the request apart.
bool is_header(const Entry& entry, Draft& draft) {
  if (!is_header_name(entry.key)) {
    draft.problems.add(entry.key_span, fmt::format("\"{}\" is not the name of a header", entry.key),
                       "names have letters, digits and \"-\"");
    return false;
  }
  if (entry.value.kind != YamlNode::Kind::scalar || !has_control_character(entry.value.text))
    return true;
  draft.problems.add(entry.value.span, "a header is one line without control characters");
  return false;
}

void add_all(const YamlNode& map, std::vector<plan::Header>& headers, const plan::Names& names,
             Draft& draft) {
  for (auto entry = map.entries.begin(); entry != map.entries.end(); ++entry) {
    if (!is_header(*entry, draft)) continue;
    const auto first = std::find_if(map.entries.begin(), entry, [&](const Entry& earlier) {
      return is_same_header(earlier.key, entry->key);
    });
    if (first != entry) {
      draft.problems.add(
          entry->key_span, fmt::format("duplicate header \"{}\"", entry->key),
          fmt::format("first given in line {}", draft.problems.place(first->key_span).line));
      continue;
    }
    plan::Template value = compile(*entry, TextKind::header, names, draft);
    if (plan::Header* known = find(headers, entry->key)) {
      *known = {entry->key, std::move(value), {}};
    } else {
      headers.push_back({entry->key, std::move(value), {}});
    }
  }
}

void add_unless_given(std::string_view name, std::string_view value,
                      std::vector<plan::Header>& headers) {
  if (value.empty() || find(headers, name) != nullptr) return;
  plan::Template constant;
  constant.append(value);
  headers.push_back({std::string(name), std::move(constant), {}});
}

}  // namespace

std::vector<plan::Header> compile_headers(const YamlNode* own, std::string_view content_type,
                                          const plan::Names& names, Draft& draft) {
  std::vector<plan::Header> headers;
  if (draft.common_headers != nullptr) add_all(*draft.common_headers, headers, names, draft);
  if (own != nullptr) add_all(*own, headers, names, draft);
  add_unless_given("Content-Type", content_type, headers);
  add_unless_given("User-Agent", "loadgate", headers);
  add_unless_given("Accept", "*/*", headers);
  return headers;
}

}  // namespace loadgate::reader
