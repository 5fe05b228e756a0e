#include "reader/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace loadgate::reader {
namespace {

constexpr std::string_view kExampleTarget = "for example http://127.0.0.1:8000";
constexpr std::string_view kExampleProxy = "for example http://127.0.0.1:3128";

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

// "host", "host:80" or "[::1]:80".
std::string_view authority_of(std::string_view url) {
  const std::string_view behind = url.substr(url.find("://") + 3);
  return behind.substr(0, behind.find_first_of("/?#"));
}

bool has_odd_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F ||
           std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
  });
}

// What the authority lacks, to be put behind "the target"; empty if nothing.
std::string wrong_with_authority(std::string_view authority, std::string_view what) {
  const std::size_t behind_host =
      authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
  const std::string_view host = authority.substr(0, behind_host);
  const std::string_view port =
      behind_host == std::string_view::npos ? "" : authority.substr(behind_host);
  if (authority.find('@') != std::string_view::npos) {
    return fmt::format("{} holds a user and password", what);
  }
  if (host.empty()) return fmt::format("{} has no host", what);
  if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1)))) {
    // Not shown: of "me:pass/word@host" it would be part of the password.
    return fmt::format("{}'s port is not a number from 1 to 65535", what);
  }
  return {};
}

tl::unexpected<UrlError> wrong(std::string text, std::string_view hint) {
  return tl::unexpected(UrlError{std::move(text), std::string(hint)});
}

std::string scheme_of(std::string_view text) {
  const std::size_t end = text.find("://");
  return lower(text.substr(0, end == std::string_view::npos ? 0 : end));
}

}  // namespace

bool is_absolute_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::optional<UrlError> wrong_with_origin(std::string_view url, std::string_view what) {
  const std::string_view authority = authority_of(url);
  if (authority.find("{{") != std::string_view::npos) {
    return UrlError{"{{ … }} is not replaced in the host of a URL",
                    "hosts are looked up before the run: write it out, or as ${X}"};
  }
  if (std::string text = wrong_with_authority(authority, what); !text.empty()) {
    const bool has_user = authority.find('@') != std::string_view::npos;
    return UrlError{std::move(text), has_user ? "write an Authorization header" : ""};
  }
  if (has_odd_character(authority)) {
    return UrlError{fmt::format("{} holds a character no host may hold", what), {}};
  }
  return std::nullopt;
}

tl::expected<std::string, UrlError> parse_target(std::string_view text) {
  const std::string scheme = scheme_of(text);
  if (scheme != "http" && scheme != "https") {
    return wrong("the target does not begin with http:// or https://", kExampleTarget);
  }
  const std::string_view authority = authority_of(text);
  if (std::string problem = wrong_with_authority(authority, "the target"); !problem.empty()) {
    return wrong(std::move(problem), authority.find('@') == std::string_view::npos
                                         ? kExampleTarget
                                         : "write an Authorization header under http");
  }
  const std::string_view behind = text.substr(scheme.size() + 3);
  if (behind.find_first_of("?#") != std::string_view::npos) {
    return wrong("the target holds a query or fragment", "write queries with the requests");
  }
  if (has_odd_character(behind)) {
    return wrong("the target holds a character no URL may hold", kExampleTarget);
  }
  std::string target = scheme + "://" + std::string(behind);
  while (target.ends_with('/')) target.pop_back();
  return target;
}

tl::expected<std::string, UrlError> parse_proxy(std::string_view text) {
  if (scheme_of(text) != "http")
    return wrong("the proxy does not begin with http://", kExampleProxy);
  const std::string_view authority = authority_of(text);
  if (std::string problem = wrong_with_authority(authority, "the proxy"); !problem.empty()) {
    return wrong(std::move(problem), kExampleProxy);
  }
  const std::string_view behind =
      text.substr(std::string_view("http://").size() + authority.size());
  if (!behind.empty() && behind != "/") return wrong("the proxy holds a path", kExampleProxy);
  if (has_odd_character(authority)) {
    return wrong("the proxy holds a character no URL may hold", kExampleProxy);
  }
  return "http://" + std::string(authority);
}

std::string origin_of(std::string_view url) {
  const std::size_t authority = url.find("://") + 3;
  return lower(url.substr(0, url.find_first_of("/?#", authority)));
}

unsigned short port_of(std::string_view url) {
  const std::string_view authority = authority_of(url);
  const std::size_t colon = authority.rfind(':');
  unsigned short port = url.starts_with("https") ? 443 : 80;
  // Of "[::1]" too nothing is read.
  if (colon != std::string_view::npos && is_port(authority.substr(colon + 1))) {
    std::from_chars(authority.data() + colon + 1, authority.data() + authority.size(), port);
  }
  return port;
}

std::string_view without_origin(std::string_view url) {
  if (!is_absolute_url(url)) return url;
  const std::size_t path = url.find_first_of("/?", url.find("://") + 3);
  return path == std::string_view::npos ? std::string_view() : url.substr(path);
}

}  // namespace loadgate::reader
