#pragma once

// A regular expression (RE2: linear time, whatever the text). Compiled once when the plan
// is read; immutable, any thread.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace re2 {
class RE2;
}

namespace loadgate::plan {

class Regex {
 public:
  struct Error {
    std::size_t offset = 0;  // Bytes from the start of the pattern.
    std::size_t length = 1;
    std::string text;  // RE2's own words.
  };
  static tl::expected<Regex, Error> compile(std::string_view pattern);

  // Anywhere in the text.
  bool matches(std::string_view text) const;
  // The first match: its first group, or the whole match where the pattern has no group.
  // Nothing too where the group took no part in the match.
  std::optional<std::string_view> find(std::string_view text) const;

  const std::string& source() const { return source_; }

 private:
  std::string source_;
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace loadgate::plan
