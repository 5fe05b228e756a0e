#pragma once

// What chance alone makes of a quantile. Pure, inside gate only.

#include "metrics/histogram.h"

namespace loadgate::gate {

// The variance of the logarithm of a quantile of so many response times, by the limits
// that order statistics give it (Woodruff 1952, "Confidence intervals for medians and other
// position measures"). REQUIRES: not empty.
double sampling_variance(const metrics::Histogram& times, double share);

}  // namespace loadgate::gate
