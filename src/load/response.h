#pragma once

// What a response means to the user who gets it: whether the request failed and why,
// and what is captured from it. Pure but for the variables it fills.

#include <memory>
#include <span>
#include <string>

#include "load/checks.h"
#include "load/failure_sample.h"
#include "metrics/sample.h"
#include "plan/scenario.h"
#include "plan/value.h"
#include "transport/transport.h"

namespace loadgate::load {

struct Answer {
  metrics::ErrorKind error = metrics::ErrorKind::none;
  const plan::Capture* missing = nullptr;  // The first capture that found nothing.
  std::unique_ptr<const FailedCheck> failed_check = nullptr;

  bool failed() const { return error != metrics::ErrorKind::none; }
  // No whole response came. Beside what it says about the service, it makes the user
  // pause, so that a refused connection is not tried thousands of times a second.
  bool is_transport_error() const;
  // As in Locust, an unexpected status or a failed check alone does not end what the user
  // is doing; a step that lacks a captured value, or the wire, does.
  bool ends_iteration() const { return missing != nullptr || is_transport_error(); }
};

metrics::ErrorKind error_of(transport::Outcome outcome);

// Stores what captures find in `variables`, by slot; expectations are filled with `scope`
// before that. Where several things are wrong the error is the first of: the wire, the
// status, a check, a capture. The response time counts from `due`.
Answer read_answer(const plan::Request& request, const transport::Exchange& exchange,
                   const plan::Scope& scope, TimePoint due, std::span<plan::Value> variables);

// "status 500, expected below 400"; "$.id not found in {"detail": …"; the transport's
// own words. Built for kept failures only. REQUIRES: answer.failed().
std::string explain(const Answer& answer, const plan::Request& request,
                    const transport::Exchange& exchange, const Mask& mask,
                    Bodies bodies = Bodies::shown);

}  // namespace loadgate::load
