#include "transport/poller.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace loadgate::transport {
namespace {

using namespace std::chrono_literals;

class PollerTest : public ::testing::Test {
 protected:
  PollerTest() {
    int pair[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    mine_ = pair[0];
    peer_ = pair[1];
  }
  PollerTest(const PollerTest&) = delete;
  PollerTest& operator=(const PollerTest&) = delete;
  ~PollerTest() override {
    ::close(mine_);
    ::close(peer_);
  }

  void peer_writes() const { EXPECT_EQ(::write(peer_, "x", 1), 1); }

  const std::unique_ptr<Poller> poller_ = *Poller::open();
  int mine_ = -1;
  int peer_ = -1;
};

TEST_F(PollerTest, FindsTheSocketThatIsReadyForWhatIsWanted) {
  poller_->want(mine_, EPOLLIN);
  EXPECT_TRUE(poller_->wait(0ns).empty());

  peer_writes();

  const auto ready = poller_->wait(10s);
  ASSERT_EQ(ready.size(), 1U);
  EXPECT_EQ(ready[0].socket, mine_);
  EXPECT_EQ(ready[0].events, static_cast<std::uint32_t>(EPOLLIN));
}

TEST_F(PollerTest, ARestingSocketThatBecomesReadyIsNotReported) {
  poller_->want(mine_, EPOLLIN);
  poller_->want(mine_, 0);
  peer_writes();
  EXPECT_TRUE(poller_->wait(10s).empty());  // Wakes this once,
  EXPECT_TRUE(poller_->wait(0ns).empty());

  poller_->want(mine_, EPOLLIN);  // and is found when it is wanted again.

  EXPECT_EQ(poller_->wait(10s).size(), 1U);
}

TEST_F(PollerTest, AnErrorShowsAsAllThatIsWanted) {
  poller_->want(mine_, EPOLLIN);
  ::close(std::exchange(peer_, -1));

  const auto ready = poller_->wait(10s);

  ASSERT_EQ(ready.size(), 1U);
  EXPECT_EQ(ready[0].events, static_cast<std::uint32_t>(EPOLLIN));
}

TEST_F(PollerTest, ASocketThatWasClosedUnseenLeavesItsNumberUsable) {
  poller_->want(mine_, EPOLLOUT);
  const int other = ::dup(peer_);
  ::close(mine_);
  ASSERT_EQ(::dup2(other, mine_), mine_);
  ::close(other);

  poller_->adopt(mine_);

  ASSERT_EQ(poller_->wait(10s).size(), 1U);
}

TEST_F(PollerTest, TellsOnceThatItWasWoken) {
  poller_->wake();
  poller_->wake();

  EXPECT_TRUE(poller_->wait(10s).empty());

  EXPECT_TRUE(poller_->take_wake());
  EXPECT_FALSE(poller_->take_wake());
}

}  // namespace
}  // namespace loadgate::transport
