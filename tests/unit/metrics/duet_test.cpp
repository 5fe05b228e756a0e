#include "metrics/duet.h"

#include <gtest/gtest.h>

#include "support/sample_duet.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

TEST(JoinEpochs, GivesASeriesForEachSideAndNameWithAllThatCounts) {
  const RunResult run = support::sample_duet();
  ASSERT_EQ(run.series.size(), 4u);
  EXPECT_EQ(run.window_width, 1s);
  EXPECT_TRUE(std::ranges::is_sorted(run.series, {}, &Series::key));
  EXPECT_EQ(run.series[0].key, (SeriesKey{Side::head, 0, 0}));
  EXPECT_EQ(run.series[3].key, (SeriesKey{Side::base, 0, 1}));
  for (const Series& series : run.series) {
    EXPECT_EQ(series.all.requests, 6u * 8 * 20);
    EXPECT_EQ(series.held.requests, 6u * 6 * 20);
    EXPECT_EQ(series.held.response_times.count(), 6u * 6 * 20);
  }
}

TEST(JoinEpochs, LaysWindowsOneEpochAfterTheOther) {
  RunResult run = support::sample_duet({.epochs = 3});
  ASSERT_EQ(run.series[0].windows.size(), 24u);
  for (std::uint32_t i = 0; i < 24; ++i) {
    EXPECT_EQ(run.series[0].windows[i].index, i);
    EXPECT_EQ(run.series[0].windows[i].requests, 20u);
  }
  run.duet->epochs[1].number = 7;
  run.duet->epoch_length = 8500ms;
  run.duet->epochs.pop_back();
  join_epochs(run);
  ASSERT_EQ(run.series[0].windows.size(), 16u);
  EXPECT_EQ(run.series[0].windows[8].index, 56u);
}

TEST(JoinEpochs, WhatFinishesAfterAnEpochsLengthIsAddedToTheNextOnesWindow) {
  RunResult run = support::sample_duet({.epochs = 2});
  Window late = run.duet->epochs[0].head.series[0].windows.back();
  late.index = 9;
  run.duet->epochs[0].head.series[0].windows.push_back(late);
  join_epochs(run);
  const std::vector<Window>& windows = run.series[0].windows;
  ASSERT_EQ(windows.size(), 16u);
  EXPECT_EQ(windows[9].index, 9u);
  EXPECT_EQ(windows[9].requests, 40u);
  Histogram times;
  times.merge(windows[9].response_times);
  EXPECT_EQ(times.count(), 40u);
}

TEST(JoinEpochs, LeavesOutEpochsThatDoNotCount) {
  RunResult run = support::sample_duet({.epochs = 3});
  run.duet->epochs[1].spoilt = "the load generator was late";
  join_epochs(run);
  EXPECT_EQ(run.series[0].held.requests, 2u * 6 * 20);
  EXPECT_EQ(run.series[0].windows.size(), 16u);
  EXPECT_EQ(held_length(run, 0), 12s);
}

TEST(JoinEpochs, OfNoEpochsIsEmpty) {
  RunResult run = support::sample_duet({.epochs = 0});
  join_epochs(run);
  EXPECT_TRUE(run.series.empty());
  EXPECT_EQ(held_length(run, 0), 0s);
}

TEST(JoinEpochs, NumbersThatAFileMadeUpDoNotWrapAround) {
  RunResult run = support::sample_duet({.epochs = 2});
  run.duet->epochs[1].number = 4'000'000'000;
  join_epochs(run);
  EXPECT_EQ(run.series[0].windows.size(), 8u);
}

TEST(HeldLength, IsTheStagesOutsideADuet) {
  EXPECT_EQ(held_length(support::sample_result(), 1), 28s);
}

}  // namespace
}  // namespace loadgate::metrics
