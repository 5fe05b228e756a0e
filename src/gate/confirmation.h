#pragma once

// What several runs of one build, one right after the other, say together. Pure, inside
// gate only.

#include <vector>

#include "gate/explain.h"
#include "gate/verdict.h"

namespace loadgate::gate {

// A comparison fails where it fails in `findings` and in each of `earlier`; where it fails
// in some of them only it is inconclusive, also where `findings` has no such comparison: that
// one is added, with the figures of the run that failed. Never the best of them, never all
// together: what passes, and what is undecided, stays as the run alone has it.
void hear_earlier(std::vector<ComparisonFinding>& findings,
                  const std::vector<std::vector<ComparisonFinding>>& earlier, NameStage stage);

}  // namespace loadgate::gate
