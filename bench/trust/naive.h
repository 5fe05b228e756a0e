#pragma once

// What people write when they compare two load tests by hand. Each says whether head is
// worse than base; both are runs that our gate is asked about too. Pure.

#include <span>

#include "metrics/histogram.h"

namespace loadgate::trust {

// One request name, or all together.
struct Measured {
  metrics::Histogram base, head;
};

bool rises_by(const Measured& measured, double quantile, double factor);

// Welch's t test (1947) on the medians of one-second windows, two-sided, head slower.
bool welch_rejects(std::span<const Nanoseconds> base, std::span<const Nanoseconds> head,
                   double level);

// The U test of Mann and Whitney (1947) on single requests, by its normal approximation
// with ties corrected, two-sided, head slower.
bool u_test_rejects(const Measured& measured, double level);

}  // namespace loadgate::trust
