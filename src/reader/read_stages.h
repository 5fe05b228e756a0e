#pragma once

// `stages`, and the one stage that the command line can put in their place.

#include "reader/keys.h"

namespace loadgate::reader {

void read_stages(const Field& field, Draft& draft);

// Whether the stage has a part that can be judged.
bool holds_something(const plan::Stage& stage);

// --users, --spawn-rate and --run-time. REQUIRES: the plan's own stages are read.
void replace_stages(Draft& draft);

}  // namespace loadgate::reader
