#include "load/mailbox.h"

#include <gtest/gtest.h>

#include <thread>

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;

TEST(Stop, ComesWhenTheStagesAreOverUnlessToldSooner) {
  Stop stop(60s, 15s);
  EXPECT_EQ(stop.end(), 60s);
  EXPECT_EQ(stop.limit(), 75s);
  stop.gently(20s);
  EXPECT_EQ(stop.end(), 20s);
  EXPECT_EQ(stop.limit(), 35s);
  EXPECT_FALSE(stop.is_now());
}

TEST(Stop, IsNotPutOffByASecondOne) {
  Stop stop(60s, 15s);
  stop.gently(20s);
  stop.gently(30s);
  EXPECT_EQ(stop.end(), 20s);
  stop.now(31s);
  EXPECT_EQ(stop.end(), 20s);
  EXPECT_TRUE(stop.is_now());
}

TEST(Mailbox, HandsOverWhatWasPushedOnceAndInOrder) {
  Mailbox mailbox;
  for (std::uint32_t second = 0; second < 3; ++second) {
    Sealed sealed;
    sealed.batch.second = second;
    mailbox.push(std::move(sealed));
  }
  const std::vector<Sealed> taken = mailbox.take();
  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(taken[2].batch.second, 2U);
  EXPECT_TRUE(mailbox.take().empty());
}

TEST(Mailbox, SaysWhenAllWorkersHaveFinished) {
  Mailbox mailbox;
  EXPECT_FALSE(mailbox.wait_for_finish(2, 0s));
  const std::jthread one([&] { mailbox.worker_finished(); });
  const std::jthread two([&] { mailbox.worker_finished(); });
  EXPECT_TRUE(mailbox.wait_for_finish(2, 60s));
}

}  // namespace
}  // namespace loadgate::load
