#pragma once

// What a response means to the user who gets it: whether the request failed and why,
// and what is captured from it. Pure but for the variables it fills.

#include <span>
#include <string>

#include "load/failure_sample.h"
#include "metrics/sample.h"
#include "plan/scenario.h"
#include "plan/value.h"
#include "transport/transport.h"

namespace loadgate::load {

struct Answer {
  metrics::ErrorKind error = metrics::ErrorKind::none;
  const plan::Capture* missing = nullptr;  // The first capture that found nothing.

  bool failed() const { return error != metrics::ErrorKind::none; }
  // No whole response came. Beside what it says about the service, it makes the user
  // pause, so that a refused connection is not tried thousands of times a second.
  bool is_transport_error() const {
    return failed() && error != metrics::ErrorKind::unexpected_status &&
           error != metrics::ErrorKind::capture_failed;
  }
  // As in Locust, an unexpected status alone does not end what the user is doing;
  // a step that lacks a captured value, or the wire, does.
  bool ends_iteration() const { return missing != nullptr || is_transport_error(); }
};

metrics::ErrorKind error_of(transport::Outcome outcome);

// Stores what captures find in `variables`, by slot. Where both the status is
// unexpected and a capture finds nothing, the status is the error.
Answer read_answer(const plan::Request& request, const transport::Exchange& exchange,
                   std::span<plan::Value> variables);

// "status 500, expected below 400"; "$.id not found in {"detail": …"; the transport's
// own words. Built for kept failures only. REQUIRES: answer.failed().
std::string explain(const Answer& answer, const plan::Request& request,
                    const transport::Exchange& exchange, const Mask& mask);

}  // namespace loadgate::load
