#pragma once

// `judge` and `stages`: how much load there is, when, and which part of it is judged.

#include "reader/keys.h"

namespace loadgate::reader {

void read_judge(const Field& field, Draft& draft);

// REQUIRES: `judge` is read.
void read_stages(const Field& field, Draft& draft);

// Whether the stage has a part that is judged.
bool holds_something(const plan::Stage& stage, const Draft& draft);

}  // namespace loadgate::reader
