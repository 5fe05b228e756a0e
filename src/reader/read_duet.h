#pragma once

// `duet`: how base and head are run side by side.

#include "reader/keys.h"

namespace loadgate::reader {

void read_duet(const Field& field, Draft& draft);

}  // namespace loadgate::reader
