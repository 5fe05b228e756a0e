#pragma once

// When a duet is looked at, and when it may end. Pure.

#include <vector>

#include "base/clock.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

// As many epochs as fit into the time a duet may take, at most kMostEpochs.
inline constexpr int kMostEpochs = 20;
inline constexpr int kFewestEpochs = 6;  // With fewer there is no verdict.
inline constexpr Nanoseconds kLongestDuet = std::chrono::seconds(200);
int most_epochs(Nanoseconds epoch_length);

// After how many epochs that count the verdict is asked for, rising; the last is
// `most_epochs`. Empty below kFewestEpochs. The risk of a false alarm is shared among them.
std::vector<int> planned_looks(int most_epochs);

// Whether a duet is over: a regression was found, everything that decides is decided and
// nothing is suspicious, one side is gone, or no look is left. False between looks.
// REQUIRES: so_far.duet.
bool is_decided(const metrics::RunResult& so_far);

}  // namespace loadgate::gate
