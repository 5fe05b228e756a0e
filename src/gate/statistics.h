#pragma once

// The formulas of the verdict, each with its source. Pure functions, any thread; the
// only folder that includes Boost.Math. Checked against scipy in tests.

#include <cstddef>
#include <span>
#include <vector>

namespace loadgate::gate {

double mean(std::span<const double> values);      // REQUIRES: not empty.
double variance(std::span<const double> values);  // Unbiased, n - 1; 0 for fewer than two.
double median(std::vector<double> values);        // REQUIRES: not empty.

// P(T > t) of Student's t.
double t_upper_tail(double t, double degrees);
// The t that P(T <= t) = p.
double t_quantile(double p, double degrees);
// The x that P(X <= x) = p, of Fisher's F.
double f_quantile(double p, double numerator, double denominator);

// P(X >= successes) of a binomial; 1 for successes = 0. Counts divided by an
// overdispersion are no whole numbers, so it is the incomplete beta function, which
// is the same for whole ones. REQUIRES: 0 <= successes <= trials, 0 < share < 1.
double binomial_upper_tail(double successes, double trials, double share);

// Exact two-sided limits of the share behind so many successes (Clopper and Pearson 1934).
// REQUIRES: 0 <= successes <= trials, trials > 0, 0 < confidence < 1.
struct Range {
  double low = 0, high = 1;
};
Range clopper_pearson(double successes, double trials, double confidence);

// Holm's step-down procedure (1979): adjusted p-values in the order given; a
// hypothesis is rejected at level alpha where its adjusted p is at most alpha.
std::vector<double> holm(std::span<const double> p_values);

// A variance with its degrees of freedom.
struct Spread {
  double variance = 0;
  double degrees = 0;
};

// Moderated variance (Smyth 2004, "Linear models and empirical Bayes methods", with
// 4 prior degrees of freedom): each of a family's J variances v with ν degrees is
// drawn towards what the others show, q = median of their v ÷ F^-1(0.5; ν, 4):
// s² = (4q + νv) / (4 + ν), 4 + ν degrees. J < 5: unchanged. REQUIRES: degrees > 0.
std::vector<Spread> moderate(std::span<const Spread> family);

// With few runs, a prior instead of the family: s² = (d·prior² + νv) / (d + ν).
Spread with_prior(Spread measured, double prior_sd, double prior_degrees);

// The error of a mean of so many units, se² = max(s², smallest_sd²) ÷ units. REQUIRES:
// units > 0.
double mean_error(double spread_variance, std::size_t units, double smallest_sd);

// The error of predicting one further run from `units` of them: the run's own spread
// and that of their mean, se² = max(s², smallest_sd²)·(1 + 1/units). REQUIRES: units > 0.
double prediction_error(double spread_variance, std::size_t units, double smallest_sd);

}  // namespace loadgate::gate
