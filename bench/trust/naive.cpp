#include "naive.h"

#include <cmath>
#include <map>
#include <vector>

#include "gate/statistics.h"

namespace loadgate::trust {
namespace {

// P(Z > z) of a normal distribution, two-sided.
double two_sided(double z) { return std::erfc(std::fabs(z) / std::sqrt(2.0)); }

std::vector<double> as_numbers(std::span<const Nanoseconds> times) {
  std::vector<double> values;
  for (const Nanoseconds time : times) values.push_back(static_cast<double>(time.count()));
  return values;
}

struct Both {
  double base = 0, head = 0;
};

}  // namespace

bool rises_by(const Measured& measured, double quantile, double factor) {
  const auto base = static_cast<double>(measured.base.quantile(quantile).count());
  return static_cast<double>(measured.head.quantile(quantile).count()) > factor * base;
}

bool welch_rejects(std::span<const Nanoseconds> base, std::span<const Nanoseconds> head,
                   double level) {
  const std::vector<double> a = as_numbers(base), b = as_numbers(head);
  if (a.size() < 2 || b.size() < 2) return false;
  const double share_a = gate::variance(a) / static_cast<double>(a.size());
  const double share_b = gate::variance(b) / static_cast<double>(b.size());
  const double error = share_a + share_b;
  const double rise = gate::mean(b) - gate::mean(a);
  if (error <= 0 || rise <= 0) return false;
  // Satterthwaite's degrees of freedom.
  const double degrees = error * error /
                         (share_a * share_a / static_cast<double>(a.size() - 1) +
                          share_b * share_b / static_cast<double>(b.size() - 1));
  return 2 * gate::t_upper_tail(rise / std::sqrt(error), degrees) < level;
}

bool u_test_rejects(const Measured& measured, double level) {
  const auto n = static_cast<double>(measured.base.count());
  const auto m = static_cast<double>(measured.head.count());
  if (n < 1 || m < 1) return false;
  std::map<Nanoseconds, Both> bins;
  for (const auto& bin : measured.base.bins()) {
    bins[bin.lowest].base = static_cast<double>(bin.count);
  }
  for (const auto& bin : measured.head.bins()) {
    bins[bin.lowest].head = static_cast<double>(bin.count);
  }
  double below = 0, u = 0, ties = 0;  // Pairs in which head is slower; half a pair for a tie.
  for (const auto& [at, both] : bins) {
    u += both.head * (below + both.base / 2);
    below += both.base;
    const double tied = both.base + both.head;
    ties += tied * tied * tied - tied;
  }
  const double total = n + m;
  const double variance = n * m / 12 * (total + 1 - ties / (total * (total - 1)));
  const double z = (u - n * m / 2) / std::sqrt(variance);
  return z > 0 && two_sided(z) < level;
}

}  // namespace loadgate::trust
