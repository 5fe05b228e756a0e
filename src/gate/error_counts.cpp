#include "gate/error_counts.h"

#include <algorithm>
#include <cmath>

#include "gate/statistics.h"

namespace loadgate::gate {
namespace {

constexpr double kNormalQuantile = 1.959963984540054;  // Two-sided 95 %.

}  // namespace

Counts sum_of(const std::vector<Counts>& counts) {
  Counts sum;
  for (const Counts& one : counts) {
    sum.failures += one.failures;
    sum.requests += one.requests;
  }
  return sum;
}

double overdispersion(std::vector<Counts> counts) {
  const Counts sum = sum_of(counts);
  if (counts.size() < 2 || !(sum.failures > 0)) return 1;
  std::sort(counts.begin(), counts.end(), [](const Counts& a, const Counts& b) {
    return a.failures != b.failures ? a.failures < b.failures : a.requests < b.requests;
  });
  double chi_squared = 0;
  for (const Counts& one : counts) {
    const double expected = one.requests * sum.rate();
    chi_squared += (one.failures - expected) * (one.failures - expected) / expected;
  }
  return std::max(1.0, chi_squared / static_cast<double>(counts.size() - 1));
}

double agresti_coull_reach(const Counts& head, const Counts& base, double dispersion) {
  constexpr double kSquare = kNormalQuantile * kNormalQuantile;
  const auto share_variance = [&](const Counts& counts) {
    const double requests = counts.requests / dispersion + kSquare;
    const double share = (counts.failures / dispersion + kSquare / 2) / requests;
    return share * (1 - share) / requests;
  };
  return kNormalQuantile * std::sqrt(share_variance(head) + share_variance(base));
}

double share_p(const Counts& head, const Counts& base, double dispersion) {
  const double share = head.requests / (head.requests + base.requests);
  return binomial_upper_tail(head.failures / dispersion,
                             (head.failures + base.failures) / dispersion, share);
}

double smallest_significant_rate(double head_requests, const Counts& base, double dispersion,
                                 double level) {
  double hidden = 0, seen = head_requests;
  while (seen - hidden > 0.5) {
    const double middle = (hidden + seen) / 2;
    (share_p({middle, head_requests}, base, dispersion) <= level ? seen : hidden) = middle;
  }
  return seen / head_requests;
}

}  // namespace loadgate::gate
