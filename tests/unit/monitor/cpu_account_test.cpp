#include "monitor/cpu_account.h"

#include <gtest/gtest.h>

#include "base/machine_time.h"

namespace loadgate::monitor {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kBegin = 1000;
constexpr pid_t kKeeper = 10;

Member member(pid_t pid, pid_t parent, Nanoseconds own, Nanoseconds reaped = {},
              std::uint64_t began = 500) {
  return {.id = {pid, began}, .parent = parent, .own = own, .reaped = reaped};
}

Member young(pid_t pid, pid_t parent, Nanoseconds own, Nanoseconds reaped = {}) {
  return member(pid, parent, own, reaped, kBegin + 1);
}

// What an account counts, update by update.
Nanoseconds spent(std::vector<std::vector<Member>> updates) {
  CpuAccount account(kBegin);
  Nanoseconds before{};
  for (std::vector<Member>& members : updates) {
    account.update(std::move(members));
    EXPECT_GE(account.spent(), before) << "CPU time that was spent cannot be unspent";
    before = account.spent();
  }
  return before;
}

TEST(CpuAccount, BeginsAtNothing) {
  EXPECT_EQ(spent({{member(kKeeper, 1, 0s, 7s), member(11, kKeeper, 5s, 2s)}}), 0s);
  EXPECT_EQ(spent({{young(11, 1, 5s, 2s)}}), 0s) << "it began in the same tick";
}

TEST(CpuAccount, CountsWhatGrows) {
  EXPECT_EQ(spent({{member(11, 1, 5s, 2s)}, {member(11, 1, 6s, 2s)}, {member(11, 1, 6s, 5s)}}), 4s);
}

TEST(CpuAccount, CountsWhatBeganLaterFromItsBegin) {
  EXPECT_EQ(spent({{member(11, 1, 5s)}, {member(11, 1, 5s), young(12, 11, 3s, 1s)}}), 4s);
}

TEST(CpuAccount, CountsWhatIsFoundLateFromThenOn) {
  EXPECT_EQ(spent({{}, {member(11, 1, 90s)}, {member(11, 1, 91s)}}), 1s);
}

TEST(CpuAccount, AMemberThatWasWaitedForCountsOnce) {
  EXPECT_EQ(spent({{member(11, 1, 5s), member(12, 11, 2s, 1s)},
                   {member(11, 1, 5s), member(12, 11, 3s, 1s)},
                   {member(11, 1, 5s, 5s)}}),
            2s)
      << "one second was seen, the other only in the reaped time";
}

TEST(CpuAccount, AnOrphanComesBackToTheKeeper) {
  EXPECT_EQ(spent({{member(kKeeper, 1, 0s), member(11, kKeeper, 5s), member(12, 11, 2s)},
                   {member(kKeeper, 1, 0s, 5s), member(12, kKeeper, 2s)},
                   {member(kKeeper, 1, 0s, 8s)}}),
            1s);
}

TEST(CpuAccount, AWholeBranchMayEndAtOnce) {
  EXPECT_EQ(spent({{member(kKeeper, 1, 0s), member(11, kKeeper, 5s), member(12, 11, 2s)},
                   {member(kKeeper, 1, 0s, 8s)}}),
            1s);
}

TEST(CpuAccount, WhatNobodyWaitsForKeepsWhatItHad) {
  EXPECT_EQ(spent({{member(11, 1, 5s), member(12, 1, 0s)},
                   {member(11, 1, 6s), member(12, 1, 0s)},
                   {member(12, 1, 1s)}}),
            2s);
}

TEST(CpuAccount, ChildrenOfOneWhoIgnoresThemKeepWhatTheyHad) {
  EXPECT_EQ(spent({{member(11, 1, 0s), member(12, 11, 5s)},
                   {member(11, 1, 0s), member(12, 11, 7s)},
                   {member(11, 1, 0s)},
                   {member(11, 1, 4s)}}),
            6s);
}

// Reaped time comes in whole ticks, a member's own does not.
TEST(CpuAccount, RoundingDoesNotAddUp) {
  CpuAccount account(kBegin);
  const Nanoseconds tick = from_ticks(1);
  const Nanoseconds each = tick * 3 / 2;
  account.update({member(11, 1, 0s)});
  constexpr int kWorkers = 100;
  for (int worker = 1; worker <= kWorkers; ++worker) {
    const Nanoseconds reaped_before = each * (worker - 1) / tick * tick;
    account.update({member(11, 1, 0s, reaped_before), young(100 + worker, 11, each)});
    account.update({member(11, 1, 0s, each * worker / tick * tick)});
  }
  EXPECT_GE(account.spent(), each * kWorkers);
  EXPECT_LE(account.spent(), each * kWorkers + 2 * tick);
}

TEST(CpuAccount, ANumberGivenAgainIsAnotherProcess) {
  EXPECT_EQ(spent({{member(11, 1, 5s)}, {young(11, 1, 1s)}}), 1s);
}

}  // namespace
}  // namespace loadgate::monitor
