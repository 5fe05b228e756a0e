#pragma once

// Where requests go and how: `target` and `http`.

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "reader/keys.h"

namespace loadgate::reader {

// "http://host:port/prefix" without a slash at the end, or what is wrong with `text`.
struct TargetError {
  std::string text, hint;
};
tl::expected<std::string, TargetError> parse_target(std::string_view text);

// "http://host:port" of an absolute URL, lower case.
std::string origin_of(std::string_view url);

void read_target(const Field& field, Draft& draft);
void read_http(const Field& field, Draft& draft);

}  // namespace loadgate::reader
