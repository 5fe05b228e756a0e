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

// Looks up the target's host (with a proxy: the proxy's), connects and shakes hands, and
// closes again. Returns Options with the addresses filled in, the one that answered
// first; an address given by number needs none, nor does a unix socket. Errors say what
// to do; at most `patience` passes. Any thread, before the workers start.
//
// Only a request shows whether a server speaks HTTP/2 and takes the client's certificate
// or the lack of one, so with TLS and h2c one GET of the target goes out, whose answer
// does not matter; with plain HTTP/1.1 none.
Result<Options> reach(const std::string& target, Options options, Nanoseconds patience);

// The same for all origins of a plan, target first, each with `patience` of its own. Only
// the target must speak http.protocol: h2; others may answer in HTTP/1.1.
// REQUIRES: not empty.
Result<Options> reach_all(const std::vector<std::string>& origins, Options options,
                          Nanoseconds patience);

// The status that one GET of `url` is answered with, redirects followed as in `options`,
// or why there is none, in a few words. Waits until then, at most `patience`; nothing
// stays open. Any thread.
Result<int> probe_status(const std::string& url, const Options& options, Nanoseconds patience);

}  // namespace loadgate::transport
