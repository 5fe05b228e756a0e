#include "gate/level_step.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

namespace loadgate::gate {
namespace {

// Runs of these p50, in milliseconds, oldest first; each on a boot of its own.
class Runs {
 public:
  explicit Runs(const std::vector<double>& p50) {
    for (const double level : p50) {
      metrics::DigestSeries series;
      series.p50 = from_seconds(level / 1e3);
      series_.push_back(series);
    }
  }

  std::size_t counted(double least = std::log(1.15)) const {
    // Names that do not sort as time does.
    return counted_of([](std::size_t i) { return "boot " + std::to_string((i * 7) % 20); }, least);
  }

  // All of the boot that is judged.
  std::size_t counted_of_one_boot() const {
    return counted_of([](std::size_t) { return std::string("boot of head"); }, std::log(1.15));
  }

 private:
  template <class BootOf>
  std::size_t counted_of(BootOf boot_of, double least) const {
    std::vector<UnitRun> runs;
    for (std::size_t i = 0; i < series_.size(); ++i) runs.push_back({boot_of(i), &series_[i]});
    const Units units = newest_level(
        group_into_units(runs, "boot of head"),
        [](const metrics::DigestSeries& one) { return std::log(seconds(one.p50)); }, least);
    return units.count();
  }

  std::vector<metrics::DigestSeries> series_;
};

TEST(NewestLevel, IsThatOfAllRunsWhereNothingChanged) {
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 10, 9.8, 10.3, 10}).counted(), 8U);
}

TEST(NewestLevel, IsThatOfThreeFasterRunsOnceTheyAreThere) {
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 6}).counted(), 5U);
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 6, 6.1}).counted(), 6U);
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 6, 6.1, 5.9}).counted(), 3U);
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 6, 6.1, 5.9, 6, 6.2}).counted(), 5U);
}

TEST(NewestLevel, IsThatOfAllRunsOfOneBoot) {
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 6, 6.1, 5.9}).counted_of_one_boot(), 7U)
      << "minutes apart, the machine got faster";
}

TEST(NewestLevel, IsNotThatOfOneFastRunAmongOthers) {
  EXPECT_EQ(Runs({10, 10.2, 9.9, 6, 10.1, 10, 10.2}).counted(), 7U);
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 6, 6.1, 10}).counted(), 7U);
}

TEST(NewestLevel, IsTheLastOfTwoSteps) {
  EXPECT_EQ(Runs({20, 20.3, 19.8, 10, 10.1, 9.9, 4, 4.05, 3.95}).counted(), 3U);
}

TEST(NewestLevel, DoesNotFollowAServiceThatGetsSlower) {
  EXPECT_EQ(Runs({10, 10.2, 9.9, 10.1, 14, 14.1, 13.9}).counted(), 7U);
}

TEST(NewestLevel, DoesNotFollowStepsThatDoNotMatter) {
  EXPECT_EQ(Runs({10, 10.01, 9.99, 10, 9.5, 9.51, 9.49}).counted(), 7U);
}

TEST(NewestLevel, DoesNotTakeNoiseForAStep) {
  EXPECT_EQ(Runs({10, 14, 9, 15, 12, 8.8, 8, 8.5}).counted(), 8U);
}

}  // namespace
}  // namespace loadgate::gate
