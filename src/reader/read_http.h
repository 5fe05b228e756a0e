#pragma once

// How requests are sent: `http`.

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: the target is known.
void read_http(const Field& field, Draft& draft);

// What keeps the plan's protocol from being spoken with `origin`; empty if nothing does.
std::string wrong_with_protocol(plan::Protocol protocol, std::string_view origin);

}  // namespace loadgate::reader
