#pragma once

// HTTP over libcurl's multi-socket interface and an epoll loop of our own. The
// public face of the only folder that includes libcurl.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/http.h"
#include "transport/transport.h"

namespace loadgate::transport {

struct Options {
  plan::Http http;
  // "host:port:address[,address]", permanent entries for CURLOPT_RESOLVE: no look-up
  // happens while the load is on.
  std::vector<std::string> addresses;
};

// Each channel has its own cookies, TLS sessions and connections, as a user's browser
// has. Errors: no epoll, no descriptors. Any thread; the transport may be handed to
// another before its first use.
Result<std::unique_ptr<Transport>> make_curl_transport(const Options& options);

// Looks up the target's host, connects and shakes hands (TLS too), and closes again.
// Returns Options with the addresses filled in, the one that answered first; a target
// given by number needs none. Errors say what to do; at most `patience` passes. Any
// thread, before the workers start.
Result<Options> reach(const std::string& target, Options options, Nanoseconds patience);

}  // namespace loadgate::transport
