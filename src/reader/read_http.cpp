#include "reader/read_http.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

constexpr std::string_view kExampleTarget = "for example http://127.0.0.1:8000";

void read_verify(const Field& field, plan::Http& http) {
  http.tls.verify = read_bool(field).value_or(true);
}

constexpr std::array<Key<plan::Http>, 4> kTlsKeys{{
    {{"verify", "true or false", "true", "Whether the server's certificate must be valid.",
      "verify: false"},
     read_verify},
    later<plan::Http>("ca"),
    later<plan::Http>("cert"),
    later<plan::Http>("key"),
}};

void read_timeout(const Field& field, plan::Http& http) {
  if (const auto timeout = read_positive_duration(field)) http.timeout = *timeout;
}

void read_headers(const Field& field, plan::Http&) {
  if (expect(field, YamlNode::Kind::map)) field.draft.common_headers = &field.value();
}

void read_tls(const Field& field, plan::Http& http) {
  read_object(field.value(), "\"tls\"", kTlsKeys, http, field.draft);
}

constexpr std::array<Key<plan::Http>, 9> kHttpKeys{{
    {{"timeout", "a duration", "10s", "How long one request may take, connecting included.",
      "timeout: 10s"},
     read_timeout},
    {{"headers", "a map of names and texts", "", "Headers that every request sends.",
      "headers: { Accept: application/json }"},
     read_headers},
    {{"tls", "a map", "", "How HTTPS is done.", "tls: { verify: false }"}, read_tls},
    later<plan::Http>("protocol"),
    later<plan::Http>("redirects"),
    later<plan::Http>("compression"),
    later<plan::Http>("connections"),
    later<plan::Http>("proxy"),
    later<plan::Http>("unix_socket"),
}};

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

// What is wrong with "host", "host:80" or "[::1]:80"; empty if nothing is.
std::string wrong_with_authority(std::string_view authority) {
  const std::size_t behind_host =
      authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
  const std::string_view host = authority.substr(0, behind_host);
  const std::string_view port =
      behind_host == std::string_view::npos ? "" : authority.substr(behind_host);
  if (authority.find('@') != std::string_view::npos) return "the target holds a user and password";
  if (host.empty()) return "the target has no host";
  if (!port.empty() && (port.front() != ':' || !is_port(port.substr(1)))) {
    // Not shown: of "me:pass/word@host" it would be part of the password.
    return "the target's port is not a number from 1 to 65535";
  }
  return {};
}

bool has_odd_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F ||
           std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos;
  });
}

}  // namespace

tl::expected<std::string, TargetError> parse_target(std::string_view text) {
  const auto wrong = [](std::string problem, std::string_view hint) {
    return tl::unexpected(TargetError{std::move(problem), std::string(hint)});
  };
  const std::size_t scheme = text.find("://");
  const std::string name = lower(text.substr(0, scheme == std::string_view::npos ? 0 : scheme));
  if (name != "http" && name != "https") {
    return wrong("the target does not begin with http:// or https://", kExampleTarget);
  }
  const std::string_view behind = text.substr(scheme + 3);
  const std::string_view authority = behind.substr(0, behind.find_first_of("/?#"));
  if (std::string problem = wrong_with_authority(authority); !problem.empty()) {
    return wrong(std::move(problem), authority.find('@') == std::string_view::npos
                                         ? kExampleTarget
                                         : "write an Authorization header under http");
  }
  if (behind.find_first_of("?#") != std::string_view::npos) {
    return wrong("the target holds a query or fragment", "write queries with the requests");
  }
  if (has_odd_character(behind)) {
    return wrong("the target holds a character no URL may hold", kExampleTarget);
  }
  std::string target = name + "://" + std::string(behind);
  while (target.ends_with('/')) target.pop_back();
  return target;
}

std::string origin_of(std::string_view url) {
  const std::size_t authority = url.find("://") + 3;
  return lower(url.substr(0, url.find_first_of("/?#", authority)));
}

void read_target(const Field& field, Draft& draft) {
  if (draft.overrides.host) return;
  const auto text = read_text(field);
  if (!text) return;
  auto target = parse_target(*text);
  if (target) {
    draft.plan.target = std::move(*target);
  } else {
    field.complain(std::move(target.error().text), std::move(target.error().hint));
  }
}

void read_http(const Field& field, Draft& draft) {
  read_object(field.value(), "\"http\"", kHttpKeys, draft.plan.http, draft);
}

}  // namespace loadgate::reader
