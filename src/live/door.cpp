#include "live/door.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/text.h"

namespace loadgate::live {
namespace {

// 128 bits from the system.
std::string fresh_token() {
  std::random_device system;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", system(), system(), system(), system());
}

// "localhost" of "localhost:8089", "::1" of "[::1]:8089". The port may be another one:
// tunnels of ssh have theirs.
std::string_view name_of(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

bool is_this_machine(std::string_view host) {
  const std::string name = lower(name_of(host));
  return name == "localhost" || server::Endpoint{.host = name}.is_loopback();
}

std::string token_in(const server::Request& request) {
  const auto found = std::ranges::find(
      request.query, "token", [](const auto& pair) -> const auto& { return pair.first; });
  return found == request.query.end() ? "" : found->second;
}

}  // namespace

bool is_same_secret(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  }
  return difference == 0;
}

Door Door::of(const server::Endpoint& endpoint) {
  const bool is_loopback = endpoint.is_loopback();
  return {is_loopback, is_loopback ? "" : fresh_token()};
}

std::optional<std::string> Door::refuses(const server::EventServer::Asked& asked) const {
  if (is_loopback_ && !is_this_machine(asked.host)) {
    return "this page is for 127.0.0.1 and localhost only, not for another name\n";
  }
  if (!is_loopback_ && !is_same_secret(token_in(asked.request), token_)) {
    return "the address needs the token that loadgate printed\n";
  }
  return std::nullopt;
}

bool Door::is_from_our_page(const server::EventServer::Asked& asked) {
  return !asked.host.empty() &&
         (asked.origin == "http://" + asked.host || asked.origin == "https://" + asked.host);
}

}  // namespace loadgate::live
