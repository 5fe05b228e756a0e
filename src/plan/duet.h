#pragma once

// How base and head are run side by side. Plain values.

#include <cstdint>
#include <optional>

namespace loadgate::plan {

enum class Restart : std::uint8_t { each_epoch, never };

struct Duet {
  std::optional<double> rate;  // Iterations a second for each side, > 0; nothing: by a trial.
  Restart restart = Restart::each_epoch;
};

}  // namespace loadgate::plan
