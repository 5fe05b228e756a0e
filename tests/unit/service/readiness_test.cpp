#include "service/readiness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "support/loopback_server.h"
#include "support/manual_clock.h"

namespace loadgate::service {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

// A service that answers from the third question on, or as a test says; time passes only
// in questions and pauses.
class ReadinessTest : public testing::Test {
 protected:
  Waited wait(Nanoseconds within) {
    const Probe probe{"it", [this](Nanoseconds patience) -> Result<void> {
                        patiences_.push_back(patience);
                        clock_.advance(std::min(patience, answers_after_));
                        if (static_cast<int>(patiences_.size()) < ready_at_) {
                          return failure("answer " + std::to_string(patiences_.size()));
                        }
                        return {};
                      }};
    return wait_until_ready(probe, {within, &clock_, [this](Nanoseconds length) {
                                      clock_.advance(length);
                                      return clock_.now() >= event_at_ ? event_ : std::nullopt;
                                    }});
  }

  support::ManualClock clock_;
  std::vector<Nanoseconds> patiences_;
  int ready_at_ = 3;
  Nanoseconds answers_after_ = 0ns;
  std::optional<Readiness> event_;
  TimePoint event_at_ = TimePoint::max();
};

TEST_F(ReadinessTest, IsAskedForTenTimesASecond) {
  const Waited waited = wait(30s);
  EXPECT_EQ(waited.end, Readiness::ready);
  EXPECT_EQ(waited.took, 200ms);
}

TEST_F(ReadinessTest, TooLateTellsTheLastAnswer) {
  ready_at_ = 1000;
  const Waited waited = wait(1s);
  EXPECT_EQ(waited.end, Readiness::too_late);
  EXPECT_EQ(waited.last_seen, "answer 10");
  EXPECT_EQ(waited.took, 900ms);
}

TEST_F(ReadinessTest, ASlowFirstAnswerGetsMoreTimeEachTime) {
  ready_at_ = 1000;
  answers_after_ = 1h;
  EXPECT_EQ(wait(20s).end, Readiness::too_late);
  EXPECT_THAT(patiences_, ElementsAre(1s, 2s, 4s, 8s, 4600ms));
}

TEST_F(ReadinessTest, WaitingEndsWithAnInterruptOrTheServicesEnd) {
  ready_at_ = 1000;
  event_at_ = clock_.now() + 500ms;
  for (const Readiness event : {Readiness::interrupted, Readiness::ended}) {
    event_ = event;
    EXPECT_EQ(wait(30s).end, event);
  }
}

TEST(ReadyProbe, ATargetIsReadyWhenItTakesAConnection) {
  plan::Plan plan;
  plan.target = "http://127.0.0.1:1";
  EXPECT_EQ(probe_of(plan).place, plan.target);
  const Result<void> refused = probe_of(plan).ask(5s);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().text, testing::HasSubstr("connection refused"));
}

TEST(ReadyProbe, AUrlIsReadyWithAStatusBelow400) {
  std::atomic<bool> is_busy{true};
  support::LoopbackServer server([&](const auto&) {
    return support::LoopbackServer::Reply{std::string("HTTP/1.1 ") +
                                              (is_busy ? "503 Busy" : "399 Fine") +
                                              "\r\nContent-Length: 0\r\n\r\n",
                                          support::LoopbackServer::Then::close};
  });
  plan::Plan plan;
  plan.target = "http://127.0.0.1:1";
  const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + "/status";
  plan.ready = plan::Ready{.url = url, .place = {}};
  const Probe probe = probe_of(plan);
  EXPECT_EQ(probe.place, url);
  const Result<void> busy = probe.ask(5s);
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().text, url + " answers 503");
  is_busy = false;
  EXPECT_TRUE(probe.ask(5s));
}

}  // namespace
}  // namespace loadgate::service
