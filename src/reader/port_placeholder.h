#pragma once

// {{ port }}, the one placeholder that is replaced when the plan is read: the port that
// loadgate chose for the service it starts, or that --host names.

#include <optional>
#include <string>

#include "reader/draft.h"

namespace loadgate::reader {

// The scalar's text with its port. Complains about any other name in {{ }}, and where
// there is no port. Braces that hold no name stay: shells and Docker have their own.
std::optional<std::string> with_port(const YamlNode& scalar, Draft& draft);

}  // namespace loadgate::reader
