#include "gate/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace loadgate::gate {
namespace {

using Numbers = std::vector<double>;

Numbers numbers_of(const std::string& text) {
  std::istringstream in(text);
  Numbers numbers;
  for (std::string word; in >> word;) numbers.push_back(std::stod(word));
  return numbers;
}

Numbers moderated(const Numbers& arguments) {
  std::vector<Spread> family;
  for (std::size_t i = 1; i < arguments.size(); ++i) family.push_back({arguments[i], arguments[0]});
  const std::vector<Spread> spreads = moderate(family);
  Numbers results{spreads.front().degrees};
  for (const Spread& spread : spreads) results.push_back(spread.variance);
  return results;
}

double prediction_limit(const Numbers& sample) {
  const double error = prediction_error(variance(sample), sample.size(), 0);
  return mean(sample) + t_quantile(0.975, static_cast<double>(sample.size() - 1)) * error;
}

// As a duet has them: p that head is no worse, and the upper end of the interval.
Numbers paired_differences(const Numbers& differences) {
  const double error = mean_error(variance(differences), differences.size(), 0);
  const auto degrees = static_cast<double>(differences.size() - 1);
  const double middle = mean(differences);
  return {t_upper_tail(middle / error, degrees), middle + t_quantile(0.975, degrees) * error};
}

const std::map<std::string, std::function<Numbers(const Numbers&)>>& formulas() {
  using N = const Numbers&;
  static const std::map<std::string, std::function<Numbers(const Numbers&)>> all = {
      {"t_upper_tail", [](N a) { return Numbers{t_upper_tail(a[0], a[1])}; }},
      {"t_quantile", [](N a) { return Numbers{t_quantile(a[0], a[1])}; }},
      {"f_quantile", [](N a) { return Numbers{f_quantile(a[0], a[1], a[2])}; }},
      {"binomial_upper_tail", [](N a) { return Numbers{binomial_upper_tail(a[0], a[1], a[2])}; }},
      {"clopper_pearson",
       [](N a) {
         const Range range = clopper_pearson(a[0], a[1], a[2]);
         return Numbers{range.low, range.high};
       }},
      {"holm", [](N a) { return holm(a); }},
      {"moderate", moderated},
      {"paired_differences", paired_differences},
      {"prediction_limit", [](N a) { return Numbers{prediction_limit(a)}; }}};
  return all;
}

void expect_near(const Numbers& ours, const Numbers& theirs, const std::string& line) {
  ASSERT_EQ(ours.size(), theirs.size()) << line;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_NEAR(ours[i], theirs[i], std::abs(theirs[i]) * 1e-9 + 1e-300) << line;
  }
}

TEST(Statistics, AgreeWithScipy) {
  std::ifstream table(LOADGATE_SOURCE_DIR "/tests/unit/gate/statistics.txt");
  std::map<std::string, int> seen;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t blank = line.find(' ');
    const std::size_t bar = line.find('|');
    const std::string name = line.substr(0, blank);
    const Numbers arguments = numbers_of(line.substr(blank, bar - blank));
    ++seen[name];
    expect_near(formulas().at(name)(arguments), numbers_of(line.substr(bar + 1)), line);
  }
  EXPECT_EQ(seen.size(), formulas().size());
}

TEST(Statistics, MeanVarianceAndMedianOfAFewNumbers) {
  const Numbers values{4, 1, 7};
  EXPECT_DOUBLE_EQ(mean(values), 4);
  EXPECT_DOUBLE_EQ(variance(values), 9);
  EXPECT_DOUBLE_EQ(median(values), 4);
  EXPECT_DOUBLE_EQ(median({1, 2, 10, 20}), 6);
}

TEST(Statistics, OneValueHasNoVariance) { EXPECT_EQ(variance(Numbers{3}), 0); }

TEST(Statistics, HolmKeepsTheOrderGivenAndOfNothingIsNothing) {
  const Numbers adjusted = holm(Numbers{0.04, 0.001, 0.02});
  EXPECT_DOUBLE_EQ(adjusted[0], 0.04);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.003);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.04);
  EXPECT_TRUE(holm({}).empty());
}

TEST(Statistics, HolmNeverOrdersTwoHypothesesOtherwiseThanTheirPValues) {
  const Numbers p_values{0.3, 0.0001, 0.02, 0.021, 0.9, 0.02};
  const Numbers adjusted = holm(p_values);
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    EXPECT_GE(adjusted[i], p_values[i]);
    for (std::size_t j = 0; j < p_values.size(); ++j) {
      if (p_values[i] <= p_values[j]) {
        EXPECT_LE(adjusted[i], adjusted[j]);
      }
    }
  }
}

TEST(Statistics, APriorStandsAloneUntilSomethingWasMeasured) {
  const Spread nothing = with_prior({0, 0}, 0.12, 20);
  EXPECT_DOUBLE_EQ(nothing.variance, 0.0144);
  EXPECT_EQ(nothing.degrees, 20);
  const Spread some = with_prior({0.05 * 0.05, 3}, 0.12, 20);
  EXPECT_DOUBLE_EQ(some.variance, (20 * 0.0144 + 3 * 0.0025) / 23);
  EXPECT_EQ(some.degrees, 23);
}

TEST(Statistics, TheErrorOfAMeanNeverFallsBelowTheSmallestSpread) {
  EXPECT_DOUBLE_EQ(mean_error(0.04, 4, 0.1), 0.1);
  EXPECT_DOUBLE_EQ(mean_error(0, 4, 0.1), 0.05);
}

TEST(Statistics, PredictionErrorNeverFallsBelowTheSmallestSpread) {
  EXPECT_DOUBLE_EQ(prediction_error(0, 4, 0.02), 0.02 * std::sqrt(1.25));
  EXPECT_DOUBLE_EQ(prediction_error(0.01, 1, 0.02), std::sqrt(0.02));
}

}  // namespace
}  // namespace loadgate::gate
