#pragma once

// `watch`: processes whose CPU time and memory are measured beside the service's own.

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: `start` and the target are read.
void read_watch(const Field& field, Draft& draft);

}  // namespace loadgate::reader
