#pragma once

// Takes out of a response what later requests need. Pure but for the variables it fills.

#include <span>
#include <string>

#include "load/answer_body.h"
#include "load/failure_sample.h"
#include "plan/scenario.h"
#include "transport/transport.h"

namespace loadgate::load {

// Stores what captures find in `variables`, by slot. The first capture that found nothing,
// or null; its variable keeps what it held.
const plan::Capture* capture(const plan::Request& request, const transport::Response& response,
                             AnswerBody& body, std::span<plan::Value> variables);

// "$.id not found in {"detail": …"; "header X-Id not found"
std::string explain_missing(const plan::Capture& missing, const std::string& body, const Mask& mask,
                            Bodies bodies);

}  // namespace loadgate::load
