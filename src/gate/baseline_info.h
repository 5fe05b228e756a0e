#pragma once

// What a run was held against, in words: which stored runs, and why none where none
// fits. Pure, inside gate only.

#include <vector>

#include "gate/judge.h"
#include "gate/verdict.h"

namespace loadgate::gate {

enum class LoadMatch : std::uint8_t { none, some };  // Of series that carry the same load.

// `matching`: the runs of this environment, oldest first.
BaselineInfo describe_baseline(const metrics::RunResult& run, const Baseline& baseline,
                               const std::vector<const metrics::RunDigest*>& matching,
                               LoadMatch load);

}  // namespace loadgate::gate
