#pragma once

// What is known of a set of requests: counts, times, failures. Mergeable without
// loss; one thread at a time.

#include <array>
#include <cstdint>

#include "metrics/histogram.h"
#include "metrics/sample.h"

namespace loadgate::metrics {

struct Tally {
  std::uint64_t requests = 0;  // Finished, failed ones included, cancelled ones not.
  std::array<std::uint64_t, kErrorKinds> errors{};  // By ErrorKind; [none] and [cancelled] stay 0.
  std::uint64_t cancelled = 0;
  std::uint64_t bytes_sent = 0, bytes_received = 0;
  Phases phases;             // Sums over all requests.
  Histogram response_times;  // Of samples that has_response_time().
  Histogram service_times;   // Of those of open stages.

  void add(const Sample& sample);
  void merge(const Tally& other);
  void clear();  // Keeps the memory.

  std::uint64_t failures() const;
  double error_rate() const;  // A share; 0 without requests.
};

}  // namespace loadgate::metrics
