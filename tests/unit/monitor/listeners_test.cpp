#include "monitor/listeners.h"

#include <gmock/gmock.h>

#include "fake_proc.h"

namespace loadgate::monitor {
namespace {

using testing::ElementsAre;

constexpr std::string_view kTcp =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
    "inode                                                     \n"
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 "
    "7001 1 0000000000000000 100 0 0 10 0                      \n"
    "   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 "
    "7002 1 0000000000000000 100 0 0 10 0                      \n"
    "   2: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 "
    "7003 1 0000000000000000 100 0 0 10 0                      \n";

constexpr std::string_view kTcp6 =
    "  sl  local_address                         remote_address                        st ...\n"
    "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A "
    "00000000:00000000 00:00000000 00000000     0        0 8001 1 0000000000000000 100 0 0 10 0\n";

TEST(Listener, IsALineOfThatState) {
  const auto listener = parse_listener(
      "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 7001 1");
  ASSERT_TRUE(listener);
  EXPECT_EQ(listener->port, 8080U);
  EXPECT_EQ(listener->inode, 7001U);
}

TEST(Listener, IsNoOtherLine) {
  for (const char* line :
       {"", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid inode",
        "0: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000 0 0 7003 1",
        "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0",
        "0: 0100007F:XYZ 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 7003 1",
        "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 x 1"}) {
    EXPECT_FALSE(parse_listener(line)) << line;
  }
}

using FakeListeners = FakeRoot;

TEST_F(FakeListeners, AreFoundInBothTables) {
  put("proc/net/tcp", kTcp);
  put("proc/net/tcp6", kTcp6);
  EXPECT_THAT(listening_sockets(root_, 8080), ElementsAre(7001, 8001));
  EXPECT_THAT(listening_sockets(root_, 80), ElementsAre(7002));
  EXPECT_THAT(listening_sockets(root_, 81), ElementsAre());
}

TEST_F(FakeListeners, AreNoneWithoutTables) {
  EXPECT_THAT(listening_sockets(root_, 8080), ElementsAre());
}

TEST_F(FakeListeners, AreHeldByAllWhoHaveThemOpen) {
  open_socket(5, 0, 6999);
  open_socket(5, 3, 7001);
  open_socket(6, 3, 7001);
  open_socket(7, 3, 7002);
  const ProcessTable table({process(5, 1), process(6, 5), process(7, 1), process(8, 1)});
  EXPECT_THAT(holders_of(root_, {7001}, table), ElementsAre(5, 6));
  EXPECT_THAT(holders_of(root_, {7001, 7002}, table), ElementsAre(5, 6, 7));
  EXPECT_THAT(holders_of(root_, {6}, table), ElementsAre());
}

TEST_F(FakeListeners, OfTheFirstProcessAreThoseItOpensForOthers) {
  open_socket(1, 40, 7001);
  const ProcessTable table({process(1, 0), process(5, 1)});
  EXPECT_THAT(holders_of(root_, {7001}, table), ElementsAre(1)) << "a container's only process";
  open_socket(5, 3, 7001);
  EXPECT_THAT(holders_of(root_, {7001}, table), ElementsAre(5));
}

}  // namespace
}  // namespace loadgate::monitor
