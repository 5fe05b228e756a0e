#pragma once

// One table a kind of object says what may stand in it: which keys, what they hold, what
// they mean and who reads them. Dispatch, messages and hints come from it, and the schema
// and the reference of the documentation can.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reader/draft.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

// What people are told about a key.
struct KeyText {
  std::string_view name;
  std::string_view type;           // "a duration"
  std::string_view default_value;  // Empty: none.
  std::string_view description;
  std::string_view example;  // "timeout: 10s"
};

// A key found in the plan, with its value.
struct Field {
  const KeyText& key;
  const Entry& entry;
  Draft& draft;

  const YamlNode& value() const { return entry.value; }
  void complain(std::string text, std::string hint = {}) const {
    draft.problems.add(entry.value.span, std::move(text), std::move(hint));
  }
};

// What people are told who write a key where it has no meaning. Empty: not supported yet.
struct Refusal {
  std::string_view text, hint;
};

template <class Target>
struct Key {
  KeyText text;
  void (*read)(const Field& field, Target& target);  // nullptr: refused.
  Refusal refusal{};
};

// For a key of the plan language that a later version brings.
template <class Target>
constexpr Key<Target> later(std::string_view name) {
  return {{name, {}, {}, {}, {}}, nullptr};
}

// For a key that people know from elsewhere and look for here.
template <class Target>
constexpr Key<Target> never(std::string_view name, std::string_view text, std::string_view hint) {
  return {{name, {}, {}, {}, {}}, nullptr, {text, hint}};
}

template <class Target, std::size_t A, std::size_t B>
constexpr std::array<Key<Target>, A + B> joined(const std::array<Key<Target>, A>& a,
                                                const std::array<Key<Target>, B>& b) {
  std::array<Key<Target>, A + B> all{};
  for (std::size_t i = 0; i < A; ++i) all[i] = a[i];
  for (std::size_t i = 0; i < B; ++i) all[A + i] = b[i];
  return all;
}

struct KeyName {
  std::string_view name;
  bool is_supported = true;
  Refusal refusal{};  // Of one that is not.
};

// Complains if `node` is no map; `what` is "a stage".
bool expect_map(const YamlNode& node, std::string_view what, Draft& draft);
void complain_about_unknown_keys(const YamlNode& map, std::span<const KeyName> known, Draft& draft);

// Reads a map by its table, in the table's order. False where it is no map.
template <class Target, std::size_t N>
bool read_object(const YamlNode& node, std::string_view what,
                 const std::array<Key<Target>, N>& keys, Target& target, Draft& draft) {
  if (!expect_map(node, what, draft)) return false;
  std::array<KeyName, N> names;
  for (std::size_t i = 0; i < N; ++i) {
    names[i] = {keys[i].text.name, keys[i].read != nullptr, keys[i].refusal};
  }
  complain_about_unknown_keys(node, names, draft);
  for (const Key<Target>& key : keys) {
    const Entry* entry = node.find(key.text.name);
    if (entry != nullptr && key.read != nullptr) key.read({key.text, *entry, draft}, target);
  }
  return true;
}

}  // namespace loadgate::reader
