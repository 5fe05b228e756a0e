#include "reader/reference.h"

#include <fmt/format.h>

#include <algorithm>

#include "reader/key_tables.h"

namespace loadgate::reader {
namespace {

// "|" would end a cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string title(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string default_of(const KeyText& key, const KeyTable& table) {
  const auto& required = table.required;
  if (std::find(required.begin(), required.end(), key.name) != required.end()) return "required";
  return key.default_value.empty() ? "none" : cell(key.default_value);
}

}  // namespace

std::string plan_reference() {
  std::string out;
  for (const KeyTable& table : key_tables()) {
    out += fmt::format("{}### Keys: {}\n\n{}.\n\n", out.empty() ? "" : "\n", title(table.name),
                       table.at);
    out += "| key | meaning | holds | default | example |\n|---|---|---|---|---|\n";
    for (const KeyText& key : table.keys) {
      out += fmt::format("| `{}` | {} | {} | {} | `{}` |\n", key.name, cell(key.description),
                         cell(key.type), default_of(key, table), cell(key.example));
    }
  }
  return out;
}

}  // namespace loadgate::reader
