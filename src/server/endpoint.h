#pragma once

// Where a server of ours listens: an address of this machine and a port. Any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace loadgate::server {

struct Endpoint {
  std::string host = "127.0.0.1";  // An IP address, IPv6 without brackets.
  std::uint16_t port = 0;          // 0: a free one.

  bool is_loopback() const;  // Nobody beyond this machine reaches it.
  std::string text() const;  // "127.0.0.1:8089", "[::1]:8089".
};

// "127.0.0.1:8089", "0.0.0.0", ":8089", "8089", "localhost", "[::1]:8089"; what is not said
// is as in `otherwise`. Nothing for other words: names of machines among them.
std::optional<Endpoint> parse_endpoint(std::string_view word, const Endpoint& otherwise);

// A listening socket that does not block; the caller closes it. The error is the system's reason.
Result<int> listen_on(const Endpoint& endpoint);
std::uint16_t port_of(int listener);

}  // namespace loadgate::server
