#pragma once

// One finished request, as numbers. A failed request is data like any other.
// Plain values.

#include <cstdint>
#include <string_view>

#include "base/clock.h"

namespace loadgate::metrics {

// Why a request failed. Public: names stand in results and reports.
enum class ErrorKind : std::uint8_t {
  none,
  could_not_resolve,
  could_not_connect,
  tls,  // Handshake or certificate.
  timed_out,
  connection_lost,  // Closed or reset before the response was whole.
  protocol,         // The answer is not HTTP, or broken.
  unexpected_status,
  capture_failed,      // The response did not hold what a capture looks for.
  out_of_descriptors,  // Ours: no file descriptor or port was left.
  check_failed,        // The response is not what `expect` says.
  no_user_free,        // Open load: the pool was at its limit and all waited for the target.
  cancelled,           // Ours: the run stopped while it was under way. Never counted as failed.
};
inline constexpr std::size_t kErrorKinds = 13;
std::string_view name_of(ErrorKind kind);           // "could not connect"
ErrorKind error_kind_named(std::string_view name);  // The inverse; none for unknown names.

// Where the time of one request went. Phases that did not happen (a kept
// connection has no connect) are zero; their sum is the service time, about.
struct Phases {
  Nanoseconds dns{}, connect{}, tls{}, send{}, wait{}, receive{};
};

struct Sample {
  std::uint32_t request_name = 0;  // Index into Judging::requests.
  std::uint16_t stage = 0;         // Index into Judging::stages: the stage it was due in.
  bool held = false;               // Due in the held part of the stage.
  ErrorKind error = ErrorKind::none;
  std::uint16_t status = 0;     // HTTP; 0 without a response.
  Nanoseconds finished{};       // Since the start of the run; decides the window.
  Nanoseconds response_time{};  // From due to last byte.
  Nanoseconds service_time{};   // From send to last byte; the same in closed stages.
  bool is_open = false;         // Of an open stage: service time is worth counting too.
  Phases phases;
  std::uint64_t bytes_sent = 0, bytes_received = 0;

  bool failed() const { return error != ErrorKind::none && error != ErrorKind::cancelled; }
  // A time worth counting: a whole response, or the full wait for one that never came.
  // A refused connection is quick and says nothing about the service's speed.
  bool has_response_time() const {
    return (status != 0 && error != ErrorKind::connection_lost && error != ErrorKind::cancelled) ||
           error == ErrorKind::timed_out;
  }
};

}  // namespace loadgate::metrics
