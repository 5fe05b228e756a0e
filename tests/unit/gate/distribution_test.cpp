#include "gate/distribution.h"

#include <gtest/gtest.h>

#include <numeric>

#include "metrics/run_digest.h"
#include "support/sample_duet.h"
#include "support/sample_result.h"

namespace loadgate::gate {
namespace {

using namespace std::chrono_literals;

TEST(Distribution, CountsAllHeldRequestsOnce) {
  const std::vector<Distribution> all = distributions_of(support::sample_result());
  ASSERT_EQ(all.size(), 4U);  // The pool and three tasks; logins are none.
  EXPECT_EQ(all[0].request, metrics::kAllRequests);
  EXPECT_EQ(all[1].request, "GET /products");
  for (const Distribution& one : all) {
    ASSERT_EQ(one.shapes.size(), 1U);
    const std::vector<double>& shares = one.shapes[0].shares;
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-9);
    EXPECT_NEAR(one.optimal + one.acceptable + one.slow, 1, 1e-9);
  }
}

TEST(Distribution, OfADuetHasBothSidesOnOneAxis) {
  const std::vector<Distribution> all = distributions_of(support::sample_duet({.slowdown = 2}));
  const Distribution& pool = all.front();
  ASSERT_EQ(pool.shapes.size(), 2U);
  EXPECT_EQ(pool.shapes[0].side, metrics::Side::base);
  EXPECT_NEAR(milliseconds(pool.shapes[1].p50), 2 * milliseconds(pool.shapes[0].p50), 8);
  EXPECT_LT(pool.lowest, pool.shapes[0].p50);
  EXPECT_GT(pool.highest, pool.shapes[1].p99);
}

TEST(Distribution, OfOneRequestNameIsNotShownTwice) {
  EXPECT_EQ(distributions_of(support::sample_duet({.names = 1})).size(), 1U);
}

TEST(Distribution, RatesByTheBandsOfThePlan) {
  metrics::RunResult run = support::sample_result();
  run.judging.rating = {1us, 2us};
  const std::vector<Distribution> all = distributions_of(run);
  EXPECT_NEAR(all[0].slow, 1, 1e-9);
  EXPECT_EQ(all[0].optimal, 0);
}

TEST(Distribution, OfOneTimeHasAnAxisToo) {
  metrics::RunResult run = support::sample_result();
  run.series.resize(0);
  EXPECT_TRUE(distributions_of(run).empty());
  metrics::Series series;
  series.key = {metrics::Side::head, 1, 1};
  series.held.response_times.record(0ns);
  run.series.push_back(series);
  const std::vector<Distribution> all = distributions_of(run);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_LT(all[0].lowest, all[0].highest);
}

}  // namespace
}  // namespace loadgate::gate
