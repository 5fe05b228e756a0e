#pragma once

// What people read about words of the plan language that a later version brings.

#include <string_view>

namespace loadgate::plan {

// The hint of everything that is "not supported yet".
inline constexpr std::string_view kRemoveIt = "remove it: a later version will read it";

}  // namespace loadgate::plan
