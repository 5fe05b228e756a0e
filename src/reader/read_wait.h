#pragma once

// A rest: "2s", "1s..5s" for anything between, "exponential 2s", "pacing 10s".

#include <cstdint>

#include "plan/scenario.h"
#include "reader/keys.h"

namespace loadgate::reader {

enum class Resting : std::uint8_t {
  between_iterations,  // A scenario's `wait`.
  between_steps,       // There is no iteration to pace.
};

// No rest where it is wrong.
plan::Wait read_wait(const Field& field, Resting where);

}  // namespace loadgate::reader
