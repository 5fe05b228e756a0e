#include "session/service_under_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/loopback_server.h"
#include "support/script_folder.h"

namespace loadgate::session {
namespace {

using namespace std::chrono_literals;
using support::LoopbackServer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ServiceUnderTestTest : public testing::Test {
 protected:
  ServiceUnderTestTest() { plan_.target = "http://127.0.0.1:" + std::to_string(server_.port()); }

  ServiceUnderTest service() {
    return {plan_,
            {.log = folder_.path() / "service.log",
             .stop_request = &stop_request_,
             .say = [this](const std::string& line) { said_.push_back(line); }}};
  }

  void start(const std::string& command) {
    plan_.start = plan::Start{
        .prepare = {}, .command = command, .directory = ".", .environment = {}, .place = {}};
  }

  void wait_for(const std::string& path, Nanoseconds within) {
    plan_.ready = plan::Ready{.url = plan_.target + path, .within = within, .place = {}};
  }

  Reasons reasons(ServiceUnderTest& service) {
    const auto opened = service.open();
    return opened ? Reasons{"no trouble"} : opened.error();
  }

  support::ScriptFolder folder_;
  LoopbackServer server_{[](const LoopbackServer::Request& request) {
    if (request.line().starts_with("GET /good")) return LoopbackServer::ok("");
    return LoopbackServer::Reply{"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", {}};
  }};
  plan::Plan plan_;
  std::atomic<int> stop_request_{0};
  std::vector<std::string> said_;
};

TEST_F(ServiceUnderTestTest, ThatOthersRunIsOnlyConnectedTo) {
  ServiceUnderTest it = service();
  const auto opened = it.open();
  ASSERT_TRUE(opened);
  EXPECT_TRUE(*opened);
  EXPECT_THAT(said_, IsEmpty());
  EXPECT_THAT(it.death({}), IsEmpty());
  it.close();
}

TEST_F(ServiceUnderTestTest, ThatIsNotThereIsNoRun) {
  plan_.target = "http://127.0.0.1:1";
  ServiceUnderTest it = service();
  EXPECT_THAT(reasons(it), ElementsAre(HasSubstr("nothing listens on 127.0.0.1:1")));
}

TEST_F(ServiceUnderTestTest, ThatOthersRunIsWaitedFor) {
  wait_for("/good", 20s);
  ServiceUnderTest it = service();
  const auto opened = it.open();
  ASSERT_TRUE(opened);
  EXPECT_TRUE(*opened);
  EXPECT_THAT(said_, ElementsAre("waiting for " + plan_.target + "/good"));
}

TEST_F(ServiceUnderTestTest, ThatIsNeverReadySaysWhatWasSeenWithoutSecrets) {
  plan_.secrets = {"s3cret"};
  wait_for("/bad?key=s3cret", 50ms);
  ServiceUnderTest it = service();
  const std::string url = plan_.target + "/bad?key=***";
  EXPECT_THAT(reasons(it),
              ElementsAre(url + " was not ready within 50ms (" + url + " answers 503)"));
  EXPECT_THAT(said_, ElementsAre("waiting for " + url));
}

TEST_F(ServiceUnderTestTest, WaitingEndsWithAnInterrupt) {
  wait_for("/bad", 20s);
  stop_request_ = 1;
  ServiceUnderTest it = service();
  const auto opened = it.open();
  ASSERT_TRUE(opened);
  EXPECT_FALSE(*opened);
}

TEST_F(ServiceUnderTestTest, TheSecondOfTwoThatShareALogAddsToIt) {
  plan_.target = "http://127.0.0.1:1";
  start("echo begun; exit 1");
  ServiceUnderTest first = service();
  reasons(first);
  ServiceUnderTest second(
      plan_,
      {.log = folder_.path() / "service.log", .appends = true, .stop_request = {}, .say = {}});
  reasons(second);
  EXPECT_EQ(folder_.content("service.log"), "begun\nbegun\n");
}

TEST_F(ServiceUnderTestTest, ThatIsStartedAndDiesIsQuotedWithoutSecrets) {
  plan_.secrets = {"s3cret"};
  plan_.target = "http://127.0.0.1:1";
  start("echo the key is s3cret; exit 1");
  ServiceUnderTest it = service();
  EXPECT_THAT(reasons(it), ElementsAre("the service ended before it was ready (exit status 1): "
                                       "the key is ***"));
  EXPECT_THAT(said_, ElementsAre(HasSubstr("echo the key is ***; exit 1")));
}

}  // namespace
}  // namespace loadgate::session
