#pragma once

// How far a duet of one build with itself can be trusted: what differs then is noise. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

// One metric of one request, over all epochs.
struct NoiseOf {
  std::string request;
  ComparedMetric metric = ComparedMetric::p50;
  Weight weight = Weight::deciding;
  double base = 0;    // Its level, in the metric's unit.
  double spread = 0;  // Standard deviation of the difference in an epoch, as a share or points.
  double sees = 0;    // The smallest rise that a duet of the longest kind would have failed.
};

// `gate: detect: duet` as this machine and plan could bear it: what such a duet would pass.
// A share, or points; nothing where the metric was not measured.
struct Proposal {
  ComparedMetric metric = ComparedMetric::p50;
  double now = 0;  // What the plan says.
  double proposed = 0;
};

struct NoiseStudy {
  int epochs = 0;  // That counted, without those in which a side died.
  // Gates drawn from these epochs with a coin for each that says which side is head.
  int gates = 0;
  int failed = 0, inconclusive = 0;
  double median_epochs = 0;  // Until a gate was over.
  // 95 % limits of the share that fails, exact (Clopper and Pearson 1934), of as many gates
  // as these epochs are worth: gates that share epochs say less than their number.
  double fail_low = 0, fail_high = 1;
  std::vector<NoiseOf> noise;  // In the order of the verdict.
  std::vector<Proposal> proposals;
};

// Without gates where no epoch is left. REQUIRES: run.duet, of one build on both sides; at
// least kFewestEpochs of its epochs count.
NoiseStudy study_noise(const metrics::RunResult& run, int gates, std::uint64_t seed);

}  // namespace loadgate::gate
