#pragma once

// "$.a.b[0]" compiled: which value of a JSON body is meant. Immutable, any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

#include "plan/value.h"

namespace loadgate::plan {

class JsonPath {
 public:
  struct Error {
    std::size_t offset = 0;  // Bytes from the start of the text.
    std::string text;
  };

  // "$", then any of ".name", "['any name']", "[0]", "[-1]" (from the end).
  static tl::expected<JsonPath, Error> compile(std::string_view text);

  // The value there, or nullptr. The pointer lives as long as `document`.
  const nlohmann::json* find(const nlohmann::json& document) const;

  const std::string& source() const { return source_; }

 private:
  std::string source_;
  std::vector<std::variant<std::string, std::ptrdiff_t>> steps_;
};

// A found JSON value as a variable holds it.
Value value_of(const nlohmann::json& found);

}  // namespace loadgate::plan
