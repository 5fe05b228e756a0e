#pragma once

// How long a change of the number of users takes that is given as a spawn rate. Pure.

#include "base/clock.h"
#include "plan/stage.h"

namespace loadgate::reader {

// How long it takes from one number of users to another, with `rate` a second.
Nanoseconds ramp_at(double rate, unsigned from, unsigned to);

// The users that a stage begins with, if the one before is `previous` (nullptr: none).
unsigned users_after(const plan::Stage* previous);

}  // namespace loadgate::reader
