#include "gate/statistics.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numeric>

namespace loadgate::gate {
namespace {

using StudentsT = boost::math::students_t;
using FisherF = boost::math::fisher_f;

constexpr std::size_t kSmallestFamily = 5;
constexpr double kFamilyDegrees = 4;

}  // namespace

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double variance(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double middle = mean(values);
  const double squares = std::accumulate(
      values.begin(), values.end(), 0.0,
      [&](double sum, double value) { return sum + (value - middle) * (value - middle); });
  return squares / static_cast<double>(values.size() - 1);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double t_upper_tail(double t, double degrees) {
  return boost::math::cdf(boost::math::complement(StudentsT(degrees), t));
}

double t_quantile(double p, double degrees) { return boost::math::quantile(StudentsT(degrees), p); }

double f_quantile(double p, double numerator, double denominator) {
  return boost::math::quantile(FisherF(numerator, denominator), p);
}

double binomial_upper_tail(double successes, double trials, double share) {
  if (successes <= 0) return 1;
  return boost::math::ibeta(successes, trials - successes + 1, share);
}

Range clopper_pearson(double successes, double trials, double confidence) {
  const double tail = (1 - confidence) / 2;
  const double others = trials - successes;
  Range range;
  if (successes > 0) range.low = boost::math::ibeta_inv(successes, others + 1, tail);
  if (others > 0) range.high = boost::math::ibetac_inv(successes + 1, others, tail);
  return range;
}

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const double scaled = static_cast<double>(order.size() - rank) * p_values[order[rank]];
    largest = std::max(largest, std::min(1.0, scaled));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

std::vector<Spread> moderate(std::span<const Spread> family) {
  if (family.size() < kSmallestFamily) return {family.begin(), family.end()};
  std::vector<double> scaled;  // Each variance as an estimate of the common one.
  for (const Spread& member : family) {
    scaled.push_back(member.variance / f_quantile(0.5, member.degrees, kFamilyDegrees));
  }
  std::vector<Spread> moderated;
  for (std::size_t own = 0; own < family.size(); ++own) {
    std::vector<double> others = scaled;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(own));
    const double common = median(std::move(others));
    const auto [v, degrees] = family[own];
    moderated.push_back({(kFamilyDegrees * common + degrees * v) / (kFamilyDegrees + degrees),
                         kFamilyDegrees + degrees});
  }
  return moderated;
}

Spread with_prior(Spread measured, double prior_sd, double prior_degrees) {
  const double degrees = prior_degrees + measured.degrees;
  return {(prior_degrees * prior_sd * prior_sd + measured.degrees * measured.variance) / degrees,
          degrees};
}

double mean_error(double spread_variance, std::size_t units, double smallest_sd) {
  return std::sqrt(std::max(spread_variance, smallest_sd * smallest_sd) /
                   static_cast<double>(units));
}

double prediction_error(double spread_variance, std::size_t units, double smallest_sd) {
  return std::sqrt(std::max(spread_variance, smallest_sd * smallest_sd) *
                   (1 + 1 / static_cast<double>(units)));
}

}  // namespace loadgate::gate
