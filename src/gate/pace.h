#pragma once

// How fast the machine was while a run was made, told by what loadgate itself spent of CPU
// time on a request: the same work in each run of a load, done in the very moments of the run.
// Pure, inside gate only.
//
// Measured on 60 runs of one build on a crowded machine (docs/trust.md): between the logarithm
// of that time and those of the service's CPU per request, p50 and p95 the correlation was
// 0.97, 0.96 and 0.88, and a line through them rose by 0.7 to 1.2.

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "metrics/run_digest.h"

namespace loadgate::gate {

// Logarithms of loadgate's CPU time for a request. Without a value where it did other work than
// in head's run: another version of it, more or fewer requests a second, other answers.
struct Paces {
  std::optional<double> head;
  std::map<const metrics::DigestSeries*, double> stored;  // By a series of the run.

  std::optional<double> of(const metrics::DigestSeries& series) const;
};

// Of stage `stage` in head's run.
class StagePace {
 public:
  StagePace(const metrics::RunDigest& head, std::string_view stage);

  std::optional<double> of_head() const;
  std::optional<double> of(const metrics::RunDigest& stored) const;

 private:
  const metrics::RunDigest& head_;
  const metrics::DigestSeries* pool_ = nullptr;
};

}  // namespace loadgate::gate
