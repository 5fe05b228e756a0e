#pragma once

// The one stage that the command line can put in place of the plan's.

#include "reader/draft.h"

namespace loadgate::reader {

// --users, --spawn-rate and --run-time. REQUIRES: the plan's own stages are read, and its
// profile is chosen.
void replace_stages(Draft& draft);

}  // namespace loadgate::reader
