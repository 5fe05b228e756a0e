#include "session/stop_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loadgate::session {
namespace {

using namespace std::chrono_literals;
using metrics::ErrorKind;
using testing::HasSubstr;

// A run of one stage and one request name, fed second by second.
class StopRulesTest : public testing::Test {
 protected:
  StopRulesTest() {
    plan_.target = "http://127.0.0.1:8000";
    metrics::StageInfo stage;
    stage.name = "steady";
    stage.held = {0s, 60s};
    judging_.stages.push_back(stage);
    judging_.requests.push_back({"GET /", plan::Role::task, "hash"});
  }

  void abort_at(const std::string& limit, Nanoseconds after) {
    plan::Threshold threshold = *plan::parse_threshold(limit);
    threshold.aborts = true;
    threshold.after = after;
    judging_.thresholds.push_back(threshold);
  }

  std::optional<std::string> second(int number, int good, int bad, ErrorKind kind) {
    metrics::Recorder recorder(1, 1);
    for (int i = 0; i < good + bad; ++i) {
      metrics::Sample sample;
      sample.held = true;
      sample.finished = std::chrono::seconds(number);
      sample.response_time = 5ms;
      if (i < good) {
        sample.status = 200;
      } else {
        sample.error = kind;
        sample.status = kind == ErrorKind::unexpected_status ? 500 : 0;
      }
      recorder.record(sample);
    }
    collector_.add(recorder.seal(static_cast<std::uint32_t>(number)));
    return rules_.look(std::chrono::seconds(number + 1), collector_);
  }

  plan::Plan plan_;
  metrics::Judging judging_;
  metrics::Collector collector_{1, 1};
  StopRules rules_{plan_, judging_};
};

TEST_F(StopRulesTest, LetsAGoodRunGoOn) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(second(i, 100, 0, ErrorKind::none), std::nullopt);
  EXPECT_EQ(rules_.target_is_gone(), std::nullopt);
}

TEST_F(StopRulesTest, StopsWhenNobodyCouldConnectForThreeSeconds) {
  EXPECT_EQ(second(0, 100, 0, ErrorKind::none), std::nullopt);
  EXPECT_EQ(second(1, 0, 10, ErrorKind::could_not_connect), std::nullopt);
  EXPECT_EQ(second(2, 0, 10, ErrorKind::could_not_connect), std::nullopt);
  EXPECT_EQ(second(3, 0, 10, ErrorKind::could_not_connect), std::nullopt);
  const std::optional<std::string> reason = second(4, 0, 10, ErrorKind::could_not_connect);
  ASSERT_TRUE(reason);
  EXPECT_THAT(*reason, HasSubstr("http://127.0.0.1:8000 stopped accepting connections"));
}

TEST_F(StopRulesTest, ForgivesATargetThatComesBack) {
  EXPECT_EQ(second(0, 0, 10, ErrorKind::could_not_connect), std::nullopt);
  EXPECT_EQ(second(1, 1, 9, ErrorKind::could_not_connect), std::nullopt);
  EXPECT_EQ(rules_.target_is_gone(), std::nullopt);
}

TEST_F(StopRulesTest, KnowsThatTheTargetWasGoneWhenTheRunEnded) {
  EXPECT_EQ(second(0, 100, 0, ErrorKind::none), std::nullopt);
  EXPECT_EQ(second(1, 0, 10, ErrorKind::could_not_connect), std::nullopt);
  EXPECT_TRUE(rules_.target_is_gone());
}

TEST_F(StopRulesTest, TakesErrorsOfTheServiceForAnswers) {
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(second(i, 0, 10, ErrorKind::unexpected_status), std::nullopt);
  }
}

TEST_F(StopRulesTest, AbortsOnceTheThresholdsTimeHasCome) {
  abort_at("error_rate < 50%", 3s);
  EXPECT_EQ(second(0, 1, 9, ErrorKind::unexpected_status), std::nullopt);
  EXPECT_EQ(second(1, 1, 9, ErrorKind::unexpected_status), std::nullopt);
  const std::optional<std::string> reason = second(2, 1, 9, ErrorKind::unexpected_status);
  ASSERT_TRUE(reason);
  EXPECT_THAT(*reason, HasSubstr("stopped after 3s by the threshold \"error_rate < 50%\""));
  EXPECT_TRUE(rules_.was_aborted());
}

TEST_F(StopRulesTest, DoesNotAbortBeforeAnythingWasMeasured) {
  abort_at("p95 < 1ms", 0s);
  EXPECT_EQ(rules_.look(1s, collector_), std::nullopt);
}

}  // namespace
}  // namespace loadgate::session
