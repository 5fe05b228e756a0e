#pragma once

// `include`: other files' scenarios, variables and data become the plan's own.

#include "reader/keys.h"

namespace loadgate::reader {

// Merges what the files under `include` hold into `root`, which keeps its own first. What
// several files include is merged once. The draft keeps their texts. False where a file
// cannot be read: much of the plan would seem wrong without it.
bool merge_included(YamlNode& root, Draft& draft);

}  // namespace loadgate::reader
