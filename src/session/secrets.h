#pragma once

// The plan's secrets kept out of what is shown. Pure function, any thread.

#include <string>

#include "plan/plan.h"

namespace loadgate::session {

std::string without_secrets(std::string text, const plan::Plan& plan);

}  // namespace loadgate::session
