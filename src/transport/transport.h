#pragma once

// The wire, as a worker sees it: time in, finished exchanges out, no callbacks.
//
// One Transport a worker, used by that worker's thread alone; only wake() may be
// called from anywhere. libcurl, a later HTTP/1.1 loop of our own and the scripted
// transport of tests all fit behind it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "plan/scenario.h"

namespace loadgate::transport {

// Header lines as they are sent, "Name: value". The transport adds Host, Accept (*/*),
// Cookie and Content-Length unless a line of that name is here, and nothing else. Not
// touched while an exchange with it is in flight; `is_constant` promises more: that the
// object outlives the transport and never changes, so what is made of it is kept.
struct HeaderLines {
  std::vector<std::string> lines;
  bool is_constant = false;
};

enum class Outcome : std::uint8_t {
  ok,  // A whole response came, whatever its status.
  could_not_resolve,
  could_not_connect,
  tls,
  timed_out,
  connection_lost,
  protocol,
  out_of_descriptors,  // Or ports.
  cancelled,
};

// Moments of one exchange, never decreasing from top to bottom. Those that did not
// happen equal the one before; so do resolved to secured on a kept connection.
//
// What came from the wire is stamped with the moment the transport learned that its
// socket was ready, not with the moment it was read: otherwise the time spent on the
// other sockets of the same turn would be charged to the service.
struct Moments {
  TimePoint sent;  // start() was called.
  TimePoint resolved, connected, secured;
  TimePoint written;     // The whole request, body included, is with the kernel.
  TimePoint first_byte;  // Of the response, interim (1xx) ones included.
  TimePoint finished;    // The last body byte was there, or the attempt given up.
};

struct Response {
  int status = 0;  // 0: none came.
  // Status line and header lines as received, CRLF ended; the last response's. HTTP/2 has
  // them in lower case behind "HTTP/2 200 ".
  std::string head;
  // "Set-Cookie: …" lines of every response of the exchange in order, those redirected
  // from included; the name always spelled so, CRLF ended.
  std::string cookies;
  std::string body;             // As far as Exchange::keep asks; decoded where it was compressed.
  std::uint64_t body_size = 0;  // Of the decoded body.
};

enum class Keep : std::uint8_t {
  beginning,  // The first kKeptBytes of the body, for failure samples.
  whole,      // At most kLargestBody; beyond it the exchange fails as protocol.
};
inline constexpr std::size_t kKeptBytes = 2048;
inline constexpr std::size_t kLargestBody = 64U << 20U;

class Channel;

// One request and its response. Where redirects are followed, the exchange covers them
// all: status, head and body are the last response's, first_byte and what comes before it
// in Moments are of the first request. One redirect too many makes it fail as protocol,
// with the status and head of the response that asked for it: a loop is never green.
// A method other than GET and HEAD becomes GET behind 301, 302 and 303.
//
// Owned by the user it belongs to; its address stays
// fixed and the upper part is not touched while it is in flight. Meant to be reused:
// start() clears the lower part and keeps its memory.
struct Exchange {
  plan::Method method = plan::Method::get;
  std::string url;
  const HeaderLines* headers = nullptr;  // Not null.
  std::string_view body;  // Sent with Content-Length when has_body; never by HEAD. Lives as long
                          // as the exchange is in flight; its owner keeps it.
  bool has_body = false;
  Keep keep = Keep::beginning;
  Nanoseconds timeout{};  // > 0; connecting included.
  void* owner = nullptr;  // The caller's; the transport does not look at it.

  Outcome outcome = Outcome::ok;
  std::string detail;  // The transport's own words about a failure; empty when ok.
  Moments moments;
  Response response;
  // Heads included, bodies as compressed; not the overhead of TLS, chunks and frames, nor
  // bodies of responses redirected from. Heads of HTTP/2 count as their text would, and what
  // opens a proxy's tunnel as sent.
  std::uint64_t bytes_sent = 0, bytes_received = 0;
  bool reconnected = false;  // Sent (again) on a new connection because a kept one had died.

  Channel* in_flight_on = nullptr;  // The transport's own; null outside of flight.
};

// One user's cookies and connections.
class Channel {
 public:
  virtual ~Channel() = default;
};

class Transport {
 public:
  virtual ~Transport() = default;

  virtual Channel& open() = 0;
  // REQUIRES: nothing of this channel is in flight.
  virtual void close(Channel& channel) = 0;
  // REQUIRES: nothing else of this channel is in flight.
  virtual void start(Channel& channel, Exchange& exchange) = 0;
  // The exchange comes back from the next wait() as cancelled. Nothing happens where it
  // is not in flight.
  virtual void cancel(Exchange& exchange) = 0;
  // Waits until something finished, `until`, or wake(), and appends what finished to
  // `done`. Returns at once where `until` has passed, but looks at the sockets once.
  virtual void wait(TimePoint until, std::vector<Exchange*>& done) = 0;
  virtual void wake() noexcept = 0;
};

}  // namespace loadgate::transport
