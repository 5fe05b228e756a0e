#include "gate/chance.h"

#include <algorithm>
#include <cmath>

namespace loadgate::gate {

double sampling_variance(const metrics::Histogram& times, double share) {
  constexpr double kNormalQuantile = 1.96;
  const double reach =
      kNormalQuantile * std::sqrt(share * (1 - share) / static_cast<double>(times.count()));
  const auto high = static_cast<double>(times.quantile(std::min(1.0, share + reach)).count());
  const auto low = static_cast<double>(times.quantile(std::max(0.0, share - reach)).count());
  if (!(low > 0)) return 0;
  const double sd = std::log(high / low) / (2 * kNormalQuantile);
  return sd * sd;
}

}  // namespace loadgate::gate
