#include "live/run_so_far.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_progress.h"

namespace loadgate::live {
namespace {

using namespace std::chrono_literals;
using metrics::ErrorKind;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(RunSoFar, KnowsEachRequestNameByItsNumbers) {
  MadeRun run(2);
  RunSoFar so_far(2);
  run.answered(1, 10ms).answered(1, 30ms).failed(1, ErrorKind::unexpected_status);
  so_far.add(run.second());

  ASSERT_EQ(so_far.rows().size(), 2u);
  EXPECT_THAT(so_far.rows_changed(), ElementsAre(1u));
  const Row& row = so_far.rows()[1];
  EXPECT_EQ(row.requests, 3u);
  EXPECT_EQ(row.failures, 1u);
  EXPECT_EQ(row.per_second, 3);
  EXPECT_NEAR(seconds(row.p50), 0.010, 1e-5);
  EXPECT_NEAR(seconds(row.highest), 0.030, 1e-4);
}

TEST(RunSoFar, ShowsARateThatFellToNothingAndThenNoMore) {
  MadeRun run(1);
  RunSoFar so_far(1);
  run.answered(0, 10ms);
  so_far.add(run.second());
  so_far.add(run.second());
  EXPECT_THAT(so_far.rows_changed(), ElementsAre(0u));
  EXPECT_EQ(so_far.rows()[0].per_second, 0);
  so_far.add(run.second());
  EXPECT_THAT(so_far.rows_changed(), IsEmpty());
}

TEST(RunSoFar, LooksAtManyNamesInTurn) {
  constexpr std::uint32_t kNames = 120;
  MadeRun run(kNames);
  RunSoFar so_far(kNames);
  std::vector<std::size_t> looked_at;
  for (int second = 0; second < 3; ++second) {
    for (std::uint32_t name = 0; name < kNames; ++name) run.answered(name, 10ms);
    so_far.add(run.second());
    EXPECT_EQ(so_far.rows_changed().size(), RunSoFar::kRowsASecond);
    looked_at.insert(looked_at.end(), so_far.rows_changed().begin(), so_far.rows_changed().end());
  }
  for (std::size_t i = 0; i < looked_at.size(); ++i) EXPECT_EQ(looked_at[i], i % kNames);
  EXPECT_EQ(so_far.rows()[0].requests, 3u);
  EXPECT_EQ(so_far.rows()[119].requests, 3u);
  EXPECT_EQ(so_far.rows()[60].requests, 2u);  // Looked at a second ago.
}

TEST(RunSoFar, OfADuetHasBaseBeforeHead) {
  MadeRun run(2, 2);
  RunSoFar so_far(2);
  run.answered(0, 10ms, 0).answered(0, 10ms, 0).answered(1, 20ms, 1);
  so_far.add(run.second());
  ASSERT_EQ(so_far.rows().size(), 4u);
  EXPECT_EQ(so_far.rows()[0].requests, 2u);
  EXPECT_EQ(so_far.rows()[3].requests, 1u);
}

TEST(RunSoFar, ListsTheMostFrequentFailuresWithTheFirstAnswerOfEach) {
  MadeRun run(2);
  RunSoFar so_far(2);
  run.failed(0, ErrorKind::timed_out, "no answer within 10s");
  run.failed(1, ErrorKind::unexpected_status, "status 500", std::string(1000, 'x'));
  run.failed(1, ErrorKind::unexpected_status, "status 503", "later");
  so_far.add(run.second());

  const std::vector<FailedRow> failures = so_far.failures();
  ASSERT_EQ(failures.size(), 2u);
  EXPECT_EQ(failures[0].row, 1u);
  EXPECT_EQ(failures[0].count, 2u);
  EXPECT_EQ(failures[0].detail, "status 500");
  EXPECT_EQ(failures[0].answer, std::string(RunSoFar::kAnswerBytes, 'x') + "…");
  EXPECT_EQ(failures[1].kind, ErrorKind::timed_out);
  EXPECT_EQ(so_far.last_second().failures, 3);
}

TEST(RunSoFar, ListsFewOfManyFailures) {
  MadeRun run(100);
  RunSoFar so_far(100);
  for (std::uint32_t name = 0; name < 100; ++name) run.failed(name, ErrorKind::timed_out);
  so_far.add(run.second());
  so_far.add(run.second());
  EXPECT_EQ(so_far.failures().size(), RunSoFar::kFailures);
}

// A second look, or a run that is repeated, begins to count anew; the charts go on.
TEST(RunSoFar, GoesOnWithTheNextRun) {
  MadeRun first(1);
  RunSoFar so_far(1);
  for (int second = 0; second < 3; ++second) so_far.add(first.answered(0, 10ms).second());
  MadeRun next(1);
  so_far.add(next.answered(0, 10ms).second());

  EXPECT_EQ(so_far.rows()[0].requests, 1u);
  ASSERT_EQ(so_far.history().points().size(), 4u);
  EXPECT_EQ(so_far.history().points()[3].at, 4);
  EXPECT_EQ(so_far.last_second().failures, 0);
}

// Where the first run was over at once, its time and its requests do not tell them apart.
TEST(RunSoFar, KnowsTheNextRunByItsFailuresToo) {
  MadeRun first(1);
  RunSoFar so_far(1);
  so_far.add(first.failed(0, ErrorKind::timed_out).second());
  MadeRun next(1);
  so_far.add(next.answered(0, 10ms).second());
  EXPECT_EQ(so_far.last_second().failures, 0);
  EXPECT_EQ(so_far.last_second().at, 2);
  EXPECT_EQ(so_far.rows()[0].failures, 0u);
}

// The clock of a duet goes on while builds are started; its rates are those of the epoch.
TEST(RunSoFar, KnowsRatesFromTheFirstSecondOfAnEpoch) {
  MadeRun first(1, 2);
  RunSoFar so_far(1);
  so_far.add(first.answered(0, 10ms).answered(0, 10ms).second());
  MadeRun next(1, 2);
  load::Progress now = next.failed(0, ErrorKind::timed_out).second();
  now.elapsed = 20s;
  so_far.add(now);
  EXPECT_EQ(so_far.rows()[0].per_second, 1);
  EXPECT_EQ(so_far.last_second().failures, 1);
  EXPECT_EQ(so_far.last_second().at, 20);
}

}  // namespace
}  // namespace loadgate::live
