#pragma once

// How requests are sent. Plain values.

#include <cstdint>
#include <string>

#include "base/clock.h"

namespace loadgate::plan {

enum class Protocol : std::uint8_t {
  h1,   // HTTP/1.1.
  h2,   // HTTP/2 by ALPN, over TLS; a server without it is an error before the run.
  h2c,  // HTTP/2 with prior knowledge, without TLS.
};

enum class Connections : std::uint8_t {
  per_user,     // Kept alive for the user's life, as browsers do.
  per_request,  // A new one each time, closed after the answer.
};

// Files are paths that can be opened from the working directory; empty: not given.
struct Tls {
  bool verify = true;
  std::string ca;         // PEM: trusted instead of the system's.
  std::string cert, key;  // PEM: the client's own; given together.
};

struct Http {
  Protocol protocol = Protocol::h1;
  Nanoseconds timeout = std::chrono::seconds(10);  // Of one request, connecting included.
  unsigned redirects = 0;                          // Followed at most; 0: none.
  bool compression = false;                        // Asks for gzip and the like, and decodes it.
  Connections connections = Connections::per_user;
  Tls tls;
  std::string proxy;        // "http://127.0.0.1:3128"; empty: none.
  std::string unix_socket;  // Path; empty: TCP.
};

}  // namespace loadgate::plan
