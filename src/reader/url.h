#pragma once

// Absolute URLs of a plan: what is wrong with them, and which parts they have. Pure
// functions.

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace loadgate::reader {

struct UrlError {
  std::string text, hint;
};

// "http://host:port/prefix" without a slash at the end, or what is wrong with `text`.
// Messages call it "the target".
tl::expected<std::string, UrlError> parse_target(std::string_view text);

// "http://host:3128", without a slash at the end.
tl::expected<std::string, UrlError> parse_proxy(std::string_view text);

// What is wrong with scheme, host and port of an absolute URL, if anything is; `what` is
// "the URL".
std::optional<UrlError> wrong_with_origin(std::string_view url, std::string_view what);

// Begins with "http://" or "https://".
bool is_absolute_url(std::string_view text);

// "http://host:port" of an absolute URL, lower case.
std::string origin_of(std::string_view url);

// The port of an absolute URL; its scheme's where it names none. REQUIRES:
// wrong_with_origin() finds nothing.
unsigned short port_of(std::string_view url);

// The path and query of an absolute URL; any other text as it is.
std::string_view without_origin(std::string_view url);

}  // namespace loadgate::reader
