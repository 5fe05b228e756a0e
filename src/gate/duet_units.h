#pragma once

// What the epochs of a duet say of each request, as numbers: an epoch is the unit. Pure,
// inside gate only.

#include <string>
#include <vector>

#include "gate/error_counts.h"
#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

// One side in one epoch. Times in nanoseconds; 0 where nothing was measured.
struct SideLevels {
  Counts counts;
  double p50 = 0, p95 = 0;  // Of a typical second; 0 also where the other side has none.
  double p99 = 0, cpu = 0;  // Of all requests together alone: the same; for each request.
};

struct DuetUnit {
  SideLevels base, head;
  double chance_p50 = 0, chance_p95 = 0;  // Variance that chance gives the log of the ratio.
};

struct DuetRequest {
  std::string name;               // metrics::kAllRequests for the pool.
  Cause left_out = Cause::none;   // Why it is only shown.
  std::vector<DuetUnit> units{};  // One for each epoch that counts, in order.
};

// The pool first, then by name. What only head knows and what neither side answers is no
// part of the pool; that is seen from the first kFewestEpochs epochs, so that later ones
// change no list. Ignored requests are left out, but are part of the pool. REQUIRES:
// run.duet.
std::vector<DuetRequest> duet_requests(const metrics::RunResult& run);

// Whether something was asked for and nothing was answered as expected, on either side.
// REQUIRES: run.duet.
bool is_all_refused(const metrics::RunResult& run);

// Neither spoilt nor all but empty: hardly anything was sent once rows of data ran out.
// What counts does not hang on later epochs.
std::vector<const metrics::Epoch*> epochs_that_count(const metrics::Duet& duet);

}  // namespace loadgate::gate
