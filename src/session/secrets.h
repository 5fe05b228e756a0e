#pragma once

// The plan's secrets kept out of what is shown. Pure function, any thread.

#include <string>

#include "plan/plan.h"

namespace loadgate::session {

// Also in the forms that URLs and JSON give them.
std::string without_secrets(const std::string& text, const plan::Plan& plan);

}  // namespace loadgate::session
