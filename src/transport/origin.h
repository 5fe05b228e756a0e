#pragma once

// Where a URL leads: scheme, host and port. Pure functions.

#include <optional>
#include <string>
#include <vector>

namespace loadgate::transport {

struct Origin {
  std::string host;  // "[::1]" with its brackets.
  std::string port;
  bool is_https = false;
  std::string place() const { return host + ":" + port; }
};

// Nothing where `url` is none of http or https.
std::optional<Origin> origin_of(const std::string& url);

// An entry as CURLOPT_RESOLVE wants it.
std::string entry_of(const Origin& origin, const std::vector<std::string>& addresses);

}  // namespace loadgate::transport
