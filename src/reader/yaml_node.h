#pragma once

// A YAML document as our own tree, every value with its place. Plain values.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reader/plan_text.h"

namespace loadgate::reader {

struct Entry;

struct YamlNode {
  enum class Kind : std::uint8_t {
    empty,  // `key:`, `~` or `null`.
    scalar,
    sequence,
    map,
    broken,  // Its problem is reported; readers pass it over in silence.
  };
  Kind kind = Kind::empty;
  bool is_plain = false;     // A scalar without quotes: 5 is a number, "5" is text.
  bool is_replaced = false;  // `text` holds values of the environment.
  std::string text;          // Of a scalar, ${…} replaced.
  std::string written;       // Of a scalar, as the file has it; what messages show.
  Span span;                 // Of a scalar all of it; of others where they begin.
  std::vector<YamlNode> items;
  std::vector<Entry> entries;  // No key twice.
  std::size_t weight = 1;      // Of the whole tree: one a node, one for each 64 bytes of text.

  const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Span key_span;
  YamlNode value;
};

}  // namespace loadgate::reader
