#pragma once

// A page made of a template and the values it names. All values are foreign text:
// they are cleaned and escaped here, and nowhere else, so no caller can forget it; but for
// what is given as ours().
// Pure functions, any thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loadgate::report {

// What one part of a template names: text, flags, and lists of parts.
struct Fields {
  struct Text {
    std::string key, value;
    std::size_t longest = 0;  // Characters; more is cut out of the middle.
    bool is_ours = false;     // Neither cleaned nor cut.
  };
  std::vector<Text> texts;
  std::vector<std::pair<std::string, bool>> flags;
  std::vector<std::pair<std::string, std::vector<Fields>>> lists;

  Fields& text(std::string key, std::string value);      // A name or a sentence.
  Fields& block(std::string key, std::string value);     // A header or a body: longer.
  Fields& verbatim(std::string key, std::string value);  // Ours, of any length.
  // Ours and safe as it stands, for {{{KEY}}}: scripts, and data already escaped.
  Fields& ours(std::string key, std::string_view value);
  Fields& flag(std::string key, bool value);
  // Also sets the flag "has_KEY".
  Fields& list(const std::string& key, std::vector<Fields> parts);
};

template <class Range, class Make>
std::vector<Fields> parts_of(const Range& items, Make make) {
  std::vector<Fields> parts;
  parts.reserve(items.size());
  for (const auto& item : items) parts.push_back(make(item));
  return parts;
}

struct FilledTemplate {
  std::string text;
  std::vector<std::string> missing;  // Keys that the template names and `fields` lacks.
};

// Pieces of the template kept in files of their own, by the name that {{>name}} says.
// They are ours and not escaped.
using Pieces = std::vector<std::pair<std::string, std::string_view>>;

// REQUIRES: templates that parse, and all pieces that they name.
FilledTemplate fill_template(std::string_view html, const Pieces& pieces, const Fields& fields);

}  // namespace loadgate::report
