#include "monitor/process_table.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "fake_proc.h"

namespace loadgate::monitor {
namespace {

using testing::ElementsAre;

std::vector<pid_t> family(const ProcessTable& table, std::vector<pid_t> roots, pid_t stranger = 0) {
  std::vector<pid_t> pids;
  for (const ProcessStat& member : table.family(roots, stranger)) pids.push_back(member.id.pid);
  return pids;
}

TEST(ProcessTable, AFamilyIsAllThatDescends) {
  // Numbers begin again at the bottom once they have run out.
  const ProcessTable table(
      {process(1, 0), process(50, 1), process(60, 50), process(7, 60), process(70, 1)});
  EXPECT_THAT(family(table, {50}), ElementsAre(7, 50, 60));
  EXPECT_THAT(family(table, {60, 70}), ElementsAre(7, 60, 70));
  EXPECT_THAT(family(table, {99}), ElementsAre());
}

TEST(ProcessTable, WhatDescendsByAStrangerIsNoFamily) {
  const ProcessTable table({process(50, 1), process(60, 50), process(70, 60), process(80, 50)});
  EXPECT_THAT(family(table, {50}, 60), ElementsAre(50, 80));
  EXPECT_THAT(family(table, {50, 70}, 60), ElementsAre(50, 70, 80));
}

TEST(ProcessTable, ARingOfParentsEnds) {
  const ProcessTable table({process(50, 60), process(60, 50)});
  EXPECT_THAT(family(table, {70}), ElementsAre());
}

using FakeProc = FakeRoot;

TEST_F(FakeProc, IsScannedForProcessesAlone) {
  put("proc/7/stat", "7 (app) S 1 7 7 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 0 0 0\n");
  put("proc/12/stat", "nonsense");
  put("proc/stat", "cpu  1 2 3");
  put("proc/self/stat", "7 (app) S 1 7 7 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 5 0 0 0\n");
  const ProcessTable table = ProcessTable::read(root_);
  ASSERT_EQ(table.all().size(), 1U);
  EXPECT_EQ(table.all()[0].name, "app");
  EXPECT_EQ(table.find(12), nullptr);
}

TEST_F(FakeProc, NoneIsAnEmptyTable) { EXPECT_TRUE(ProcessTable::read(root_).all().empty()); }

TEST(ProcessTable, OfThisMachineHoldsUs) {
  const ProcessTable table = ProcessTable::read();
  ASSERT_NE(table.find(::getpid()), nullptr);
  EXPECT_EQ(table.find(::getpid())->parent, ::getppid());
  EXPECT_GT(table.find(::getpid())->memory, 1'000'000U);
}

}  // namespace
}  // namespace loadgate::monitor
