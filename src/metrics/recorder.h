#pragma once

// A worker's own record of what its requests took; sealed second by second and
// handed to the main thread, which collects. No locks: a Recorder belongs to its
// worker, a sealed Batch to whoever holds it, a Collector to the main thread.

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "metrics/failure.h"
#include "metrics/run_result.h"
#include "metrics/tally.h"

namespace loadgate::metrics {

// What one worker measured in one second of the run.
struct Batch {
  struct Cell {
    std::uint32_t request_name = 0;
    std::uint16_t stage = 0;
    bool held = false;
    Tally tally;
  };
  std::uint32_t second = 0;
  std::vector<Cell> cells;
  std::vector<FailureGroup> failures;
  std::vector<SlowGroup> slowest;
  Histogram loop_lag;
  Histogram lateness;  // From when requests should have been sent to when they were.
};

class Recorder {
 public:
  Recorder(std::size_t stages, std::size_t request_names);

  // REQUIRES: sample.finished never lies before a sealed second (it is counted in the
  // second under way if it does).
  void record(const Sample& sample);
  void record_lag(Nanoseconds lag);
  void record_lateness(Nanoseconds late_by);

  // True while fewer than kSamplesPerKind failures like this were kept by this worker:
  // ask before building a FailureSample, which costs.
  bool wants_failure(std::uint32_t request_name, ErrorKind kind) const;
  void keep_failure(std::uint32_t request_name, ErrorKind kind, FailureSample sample);

  // True where fewer than kSlowSamples requests of this name were kept by this worker as
  // slow or slower ones: ask before building a sample, which costs.
  bool wants_slow(std::uint32_t request_name, Nanoseconds response_time) const {
    return response_time > slowest_[request_name].back();
  }
  // REQUIRES: wants_slow() with sample.response_time.
  void keep_slow(std::uint32_t request_name, FailureSample sample);

  // The second under way; everything recorded since the last seal. Empty when nothing was.
  Batch seal(std::uint32_t second);

 private:
  Tally& tally_of(const Sample& sample);

  std::size_t request_names_;
  std::vector<std::uint32_t> cell_index_;  // [(stage · names + name) · 2 + held]: cell + 1, or 0.
  Batch batch_;
  std::vector<std::uint8_t> failures_kept_;  // [name · kinds + kind]
  // By name: the longest times of all kept, falling; zero where there are fewer.
  std::vector<std::array<Nanoseconds, kSlowSamples>> slowest_;
};

// Joins the batches of all workers into the series of a result. Bounded memory: time
// windows of all series are merged two by two, each twice as wide then, when the run
// would have more than `window_budget`.
class Collector {
 public:
  // REQUIRES: window_budget >= 1.
  Collector(std::size_t stages, std::size_t request_names,
            std::size_t window_budget = kWindowBudget);

  void add(Batch batch);

  // Everything so far of one kind of request, held parts only; for abort thresholds and
  // progress. Cheap enough for once a second.
  const std::vector<Series>& series() const { return series_; }
  // Kept so far; their counts are those of the tallies.
  const std::vector<FailureGroup>& failures() const { return failures_; }
  Nanoseconds window_width() const { return window_width_; }
  const Histogram& loop_lag() const { return loop_lag_; }

  // Moves everything out: window_width, series, failures and slowest of `result`, sorted.
  // REQUIRES: called once, last.
  void finish(RunResult& result);

  static constexpr std::size_t kWindowBudget = 1200;

 private:
  Series& series_of(std::uint16_t stage, std::uint32_t request_name);
  void add_cell(std::uint32_t window, const Batch::Cell& cell);
  void add_failures(FailureGroup& group);
  void add_slowest(SlowGroup& group);
  std::uint32_t window_of(std::uint32_t second);  // Halves as often as it takes.
  void halve_windows();
  std::vector<FailureGroup> counted_failures();

  std::size_t request_names_;
  std::size_t window_budget_;
  Nanoseconds window_width_ = std::chrono::seconds(1);
  std::vector<std::uint32_t> series_index_;  // [stage · names + name]: series + 1, or 0.
  std::vector<Series> series_;
  std::vector<FailureGroup> failures_;
  std::vector<SlowGroup> slowest_;
  Histogram loop_lag_;
};

}  // namespace loadgate::metrics
