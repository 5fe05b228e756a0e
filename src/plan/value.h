#pragma once

// What a variable or a capture holds while a user runs. Plain values.

#include <cstdint>
#include <string>
#include <string_view>

namespace loadgate::plan {

// Text as it goes into URLs and headers, and whether a JSON body would write it in
// quotes: "42" captured from JSON stays the number 42 there.
struct Value {
  enum class Kind : std::uint8_t {
    text,  // A JSON string.
    json,  // Number, true, false, null, object or array, written as JSON.
  };
  Kind kind = Kind::text;
  std::string text;

  bool operator==(const Value&) const = default;
};

// Whether `text` is a number as JSON writes them (RFC 8259): no leading zeros or "+".
bool is_json_number(std::string_view text);

}  // namespace loadgate::plan
