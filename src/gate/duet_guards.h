#pragma once

// What else happened on the machine during a duet. Guards name the cause of what stays
// undecided and keep response times from passing: on a crowded machine both sides wait for
// a CPU rather than for themselves, which hides what one of them does. They never hide a
// failure and never touch CPU or errors. Pure, inside gate only.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "metrics/run_result.h"

namespace loadgate::gate {

struct Guard {
  std::string remark;  // "other guests of the host took 8 % of the CPU time"
};

// Of the first `epochs` epochs that count, their medians; nothing where all is well, or
// nothing is known.
std::optional<Guard> guard_of(const std::vector<const metrics::Epoch*>& epochs, std::size_t first);

}  // namespace loadgate::gate
