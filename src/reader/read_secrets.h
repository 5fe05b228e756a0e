#pragma once

// `secrets` and `samples`: what no output may show.

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: variables, data and scenarios (for their captures) are read.
void read_secrets(const Field& field, Draft& draft);

void read_samples(const Field& field, Draft& draft);

}  // namespace loadgate::reader
