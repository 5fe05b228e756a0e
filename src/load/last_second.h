#pragma once

// What came in since the last look; for the progress line. Main thread.

#include <cstdint>

#include "base/clock.h"
#include "load/mailbox.h"
#include "metrics/recorder.h"

namespace loadgate::load {

struct LastSecond {
  TimePoint since;
  std::uint64_t requests = 0;
  std::uint64_t begun = 0;  // Iterations of open stages.
  metrics::Histogram response_times;

  void add(const Sealed& sealed) {
    begun += sealed.arrivals - sealed.dropped;
    for (const metrics::Batch::Cell& cell : sealed.batch.cells) {
      requests += cell.tally.requests;
      response_times.merge(cell.tally.response_times);
    }
  }
  void clear(TimePoint now) {
    since = now;
    requests = begun = 0;
    response_times.clear();
  }
};

}  // namespace loadgate::load
