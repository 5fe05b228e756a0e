#include "reader/request_headers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

bool is_header(const Entry& entry, Draft& draft) {
  if (is_header_name(entry.key)) return is_one_line(entry.value, draft);
  draft.problems.add(entry.key_span, fmt::format("\"{}\" is not the name of a header", entry.key),
                     "names have letters, digits and \"-\"");
  return false;
}

void add_all(const YamlNode& map, std::vector<plan::Header>& headers, const plan::Names& names,
             Draft& draft) {
  for (const Entry* entry : sound_headers(map, draft)) {
    set_header({entry->key, compile(*entry, TextKind::header, names, draft), {}}, headers);
  }
}

plan::Header constant_header(std::string_view name, std::string_view value) {
  plan::Header header{std::string(name), {}, {}};
  header.value.append(value);
  return header;
}

void add_unless_given(std::string_view name, std::string_view value,
                      std::vector<plan::Header>& headers) {
  if (value.empty() || find(headers, name) != nullptr) return;
  headers.push_back(constant_header(name, value));
}

}  // namespace

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_header_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
}

const Entry* find_header(const YamlNode& map, std::string_view name) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(), [&](const Entry& entry) {
    return is_same_header(entry.key, name);
  });
  return found == map.entries.end() ? nullptr : &*found;
}

std::vector<const Entry*> sound_headers(const YamlNode& map, Draft& draft) {
  std::vector<const Entry*> sound;
  for (const Entry& entry : map.entries) {
    if (!is_header(entry, draft)) continue;
    const Entry* first = find_header(map, entry.key);
    if (first == &entry) {
      sound.push_back(&entry);
    } else {
      draft.problems.add(
          entry.key_span, fmt::format("duplicate header \"{}\"", entry.key),
          fmt::format("first given in line {}", draft.problems.place(first->key_span).line));
    }
  }
  return sound;
}

bool is_one_line(const YamlNode& value, Draft& draft) {
  if (value.kind != YamlNode::Kind::scalar || is_header_value(value.text)) return true;
  draft.problems.add(value.span, "a header is one line without control characters");
  return false;
}

void set_header(plan::Header header, std::vector<plan::Header>& headers) {
  if (plan::Header* known = find(headers, header.name)) {
    *known = std::move(header);
  } else {
    headers.push_back(std::move(header));
  }
}

std::vector<plan::Header> compile_headers(const YamlNode* own, const ContentType& type,
                                          const plan::Names& names, Draft& draft) {
  std::vector<plan::Header> headers;
  if (draft.common_headers != nullptr) add_all(*draft.common_headers, headers, names, draft);
  if (own != nullptr) add_all(*own, headers, names, draft);
  const Entry* other = own == nullptr ? nullptr : find_header(*own, "Content-Type");
  if (type.fixed_by != nullptr) {
    set_header(constant_header("Content-Type", type.text), headers);
    if (other != nullptr) {
      draft.problems.add(other->key_span,
                         fmt::format("\"{}\" says its Content-Type itself", type.fixed_by->key),
                         "remove this one: it lacks the boundary");
    }
  }
  add_unless_given("Content-Type", type.text, headers);
  add_unless_given("User-Agent", "loadgate", headers);
  add_unless_given("Accept", "*/*", headers);
  return headers;
}

}  // namespace loadgate::reader
