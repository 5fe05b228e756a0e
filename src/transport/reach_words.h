#pragma once

// What the preflight says when an origin cannot be reached, and what to do about it.
// Pure functions.

#include <optional>
#include <string>

#include "transport/hello.h"
#include "transport/origin.h"

namespace loadgate::transport {

struct Attempt {
  const plan::Http& http;
  Origin origin;
  bool is_target = false;
  Nanoseconds patience{};
  // What the user would correct where the origin is not the right one.
  std::string source() const { return is_target ? "target" : "the request's URL"; }
};

// One sentence; nothing where the answer shows that requests can be sent.
std::optional<std::string> complaint_about(const Attempt& attempt, const Answer& answer);

}  // namespace loadgate::transport
