#pragma once

// HTTP over libcurl's multi-socket interface and epoll. The only file pair that
// includes libcurl, with preflight.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "transport/transport.h"

namespace loadgate::transport {

struct Options {
  bool verify_tls = true;
  // "host:port:address[,address]", permanent entries for CURLOPT_RESOLVE: no look-up
  // happens while the load is on.
  std::vector<std::string> addresses;
};

// Errors: no epoll, no descriptors.
Result<std::unique_ptr<Transport>> make_curl_transport(const Options& options);

// Looks up the target's host, connects and shakes hands (TLS too), and closes again.
// Returns Options with the addresses filled in. Errors say what to do; at most
// `patience` passes. Any thread, before the workers start.
Result<Options> reach(const std::string& target, Options options, Nanoseconds patience);

}  // namespace loadgate::transport
