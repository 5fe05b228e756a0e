#pragma once

// `scenarios`: what users do, in which proportions, with which rests.

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: target, http and variables are read.
void read_scenarios(const Field& field, Draft& draft);

}  // namespace loadgate::reader
