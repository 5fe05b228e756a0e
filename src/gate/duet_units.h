#pragma once

// What the epochs of a duet say of each request, as numbers: an epoch is the unit. Pure,
// inside gate only.

#include <string>
#include <vector>

#include "gate/error_counts.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

// One side in one epoch. Times in nanoseconds; 0 where nothing was measured.
struct SideLevels {
  Counts counts;
  double p50 = 0, p95 = 0;
  double cpu = 0;  // For each request; of all requests together alone.
};

struct DuetUnit {
  SideLevels base, head;
  double chance_p50 = 0, chance_p95 = 0;  // Variance that chance gives the log of the ratio.
};

struct DuetRequest {
  std::string name;  // metrics::kAllRequests for the pool.
  bool is_only_of_head = false;
  std::vector<DuetUnit> units{};  // One for each epoch that counts, in order.
};

// The pool first, then by name. What only head knows is no part of the pool; that is
// seen from the first kFewestEpochs epochs, so that later ones change no list. Ignored
// requests are left out, but are part of the pool. REQUIRES: run.duet.
std::vector<DuetRequest> duet_requests(const metrics::RunResult& run);

std::vector<const metrics::Epoch*> epochs_that_count(const metrics::Duet& duet);

}  // namespace loadgate::gate
