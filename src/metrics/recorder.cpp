#include "metrics/recorder.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <utility>

namespace loadgate::metrics {

Recorder::Recorder(std::size_t stages, std::size_t request_names)
    : request_names_(request_names),
      cell_index_(stages * request_names * 2),
      failures_kept_(request_names * kErrorKinds),
      slowest_(request_names) {}

Tally& Recorder::tally_of(const Sample& sample) {
  const std::size_t place =
      (sample.stage * request_names_ + sample.request_name) * 2 + (sample.held ? 1 : 0);
  assert(place < cell_index_.size());
  std::uint32_t& index = cell_index_[place];
  if (index == 0) [[unlikely]] {
    batch_.cells.push_back({.request_name = sample.request_name,
                            .stage = sample.stage,
                            .held = sample.held,
                            .tally = {}});
    index = static_cast<std::uint32_t>(batch_.cells.size());
  }
  return batch_.cells[index - 1].tally;
}

void Recorder::record(const Sample& sample) { tally_of(sample).add(sample); }

void Recorder::record_lag(Nanoseconds lag) { batch_.loop_lag.record(lag); }
void Recorder::record_lateness(Nanoseconds late_by) { batch_.lateness.record(late_by); }

bool Recorder::wants_failure(std::uint32_t request_name, ErrorKind kind) const {
  const std::size_t place = (request_name * kErrorKinds) + static_cast<std::size_t>(kind);
  return failures_kept_[place] < kSamplesPerKind;
}

void Recorder::keep_failure(std::uint32_t request_name, ErrorKind kind, FailureSample sample) {
  if (!wants_failure(request_name, kind)) return;
  ++failures_kept_[(request_name * kErrorKinds) + static_cast<std::size_t>(kind)];
  // A group of its own for each: few are ever kept, and the Collector joins them.
  FailureGroup& group = batch_.failures.emplace_back();
  group.request_name = request_name;
  group.kind = kind;
  group.samples.push_back(std::move(sample));
}

void Recorder::keep_slow(std::uint32_t request_name, FailureSample sample) {
  assert(wants_slow(request_name, sample.response_time));
  auto& times = slowest_[request_name];
  times.back() = sample.response_time;
  std::ranges::sort(times, std::ranges::greater());
  SlowGroup& group = batch_.slowest.emplace_back();
  group.request_name = request_name;
  group.samples.push_back(std::move(sample));
}

Batch Recorder::seal(std::uint32_t second) {
  for (const Batch::Cell& cell : batch_.cells) {
    const std::size_t place = (cell.stage * request_names_ + cell.request_name) * 2;
    cell_index_[place + (cell.held ? 1 : 0)] = 0;
  }
  Batch next;
  next.cells.reserve(batch_.cells.size());
  batch_.second = second;
  return std::exchange(batch_, std::move(next));
}

}  // namespace loadgate::metrics
