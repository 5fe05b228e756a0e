#pragma once

// `profiles`: named choices among the stages.

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: stages are read.
void read_profiles(const Field& field, Draft& draft);

// --profile: leaves the plan the stages of that profile, and no threshold of another one.
// REQUIRES: everything is read.
void choose_profile(Draft& draft);

}  // namespace loadgate::reader
