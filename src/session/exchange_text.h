#pragma once

// What went over the wire, as `loadgate try` shows it to the person who writes a plan:
// every line of the request behind ">", of the response behind "<", so that no server can
// forge lines of ours. Secrets are masked, bodies cut at kShownBytes, JSON laid out.
// Pure functions.

#include <string>

#include "load/failure_sample.h"
#include "transport/transport.h"

namespace loadgate::session {

inline constexpr std::size_t kShownBytes = 2048;

std::string request_text(const transport::Exchange& exchange, const load::Mask& mask, bool color);
std::string response_text(const transport::Exchange& exchange, const load::Mask& mask, bool color);

}  // namespace loadgate::session
