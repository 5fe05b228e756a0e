#include "reader/read_json_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "reader/compile.h"
#include "reader/key_tables.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using Wanted = decltype(plan::JsonCheck::wanted);
using AllWanted = std::vector<Wanted>;

std::optional<double> read_number(const Field& field) {
  if (!expect(field, YamlNode::Kind::scalar)) return std::nullopt;
  const YamlNode& value = field.value();
  const auto number = parse_number(value.text);
  if (number && (value.is_plain || value.is_replaced)) return number;
  field.complain(value.is_plain || value.is_replaced
                     ? fmt::format("\"{}\" is not {}", value.written, field.key.type)
                     : fmt::format("text in quotes is not {}", field.key.type),
                 fmt::format("for example {}", field.key.example));
  return std::nullopt;
}

void read_less(const Field& field, AllWanted& wanted) {
  if (const auto limit = read_number(field)) wanted.emplace_back(plan::LessThan{*limit});
}
void read_greater(const Field& field, AllWanted& wanted) {
  if (const auto limit = read_number(field)) wanted.emplace_back(plan::GreaterThan{*limit});
}
void read_matches(const Field& field, AllWanted& wanted) {
  if (!expect(field, YamlNode::Kind::scalar)) return;
  auto regex = compile_regex(field.value(), field.value().text, field.draft);
  if (regex) wanted.emplace_back(std::move(*regex));
}

constexpr std::array<Key<AllWanted>, 3> kJsonCheckKeys{{
    {{"less_than", "a number", "", "What the number there is below.", "less_than: 5"}, read_less},
    {{"greater_than", "a number", "", "What the number there is above.", "greater_than: 0"},
     read_greater},
    {{"matches", "a regular expression", "", "What stands somewhere in the text there (RE2).",
      "matches: '^[0-9a-f]+$'"},
     read_matches},
}};

// A map with a word of the checks, or with one key that seems to be meant as such, is no
// object to compare with.
bool is_check(const YamlNode& value) {
  if (value.kind != YamlNode::Kind::map) return false;
  std::vector<std::string> words;
  words.reserve(kJsonCheckKeys.size());
  for (const auto& key : kJsonCheckKeys) words.emplace_back(key.text.name);
  const auto& entries = value.entries;
  return (entries.size() == 1 && closest(entries.front().key, words)) ||
         std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return value.find(word) != nullptr; });
}

AllWanted wanted_of(const YamlNode& value, const plan::Names& names, Draft& draft) {
  AllWanted wanted;
  if (is_check(value)) {
    read_object(value, "a check", kJsonCheckKeys, wanted, draft);
  } else if (value.is_plain && value.text == "exists") {
    wanted.emplace_back(plan::Exists{});
  } else {
    wanted.emplace_back(compile_json_body(value, names, draft));
  }
  return wanted;
}

}  // namespace

std::vector<plan::JsonCheck> read_json_checks(const Field& field, const plan::Names& names) {
  std::vector<plan::JsonCheck> checks;
  if (!expect(field, YamlNode::Kind::map)) return checks;
  for (const Entry& entry : field.value().entries) {
    const YamlNode key = scalar_of_key(entry);
    const auto path = compile_json_path(key, key.text, field.draft);
    for (Wanted& wanted : wanted_of(entry.value, names, field.draft)) {
      if (path) checks.push_back({*path, std::move(wanted)});
    }
  }
  return checks;
}

KeyTexts json_check_keys() { return texts_of(kJsonCheckKeys); }

}  // namespace loadgate::reader
