#pragma once

// `gate` and `rating`: what matters, and what counts as good.

#include "reader/keys.h"

namespace loadgate::reader {

// REQUIRES: scenarios are read.
void read_gate(const Field& field, Draft& draft);
void read_rating(const Field& field, Draft& draft);

}  // namespace loadgate::reader
