#include "server/faults.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <numeric>

namespace loadgate::server {
namespace {

using namespace std::chrono_literals;
using Query = std::vector<std::pair<std::string, std::string>>;

TEST(Faults, AreReadFromAQueryAndWrittenBack) {
  const Result<Faults> faults =
      parse_faults({{"slower", "20%"}, {"delayed", "1%"}, {"delay", "200ms"}, {"errors", "2.5%"}});
  ASSERT_TRUE(faults);
  EXPECT_DOUBLE_EQ(faults->slower, 0.2);
  EXPECT_DOUBLE_EQ(faults->delayed_share, 0.01);
  EXPECT_EQ(faults->delay, 200ms);
  EXPECT_DOUBLE_EQ(faults->error_share, 0.025);
  EXPECT_EQ(format_faults(*faults), "slower=20%&delayed=1%&delay=200ms&errors=2.5%");
}

TEST(Faults, ThatAreNotNamedAreOff) {
  const Result<Faults> faults = parse_faults({});
  ASSERT_TRUE(faults);
  EXPECT_EQ(format_faults(*faults), "slower=0%&delayed=0%&delay=0s&errors=0%");
}

TEST(Faults, ThatAreWrongAreRefusedInOneLine) {
  const std::vector<std::pair<Query, std::string>> table = {
      {{{"slower", "much"}}, "slower=much is not a share, for example 20%"},
      {{{"slower", "20"}}, "slower=20 is not a share, for example 20%"},
      {{{"slower", "-5%"}}, "slower=-5% is not a share, for example 20%"},
      {{{"slower", ""}}, "slower= is not a share, for example 20%"},
      {{{"slower", "10001%"}}, "slower=10001% is more than 10000%"},
      {{{"errors", "101%"}}, "errors=101% is more than 100%"},
      {{{"delayed", "120%"}}, "delayed=120% is more than 100%"},
      {{{"delay", "200"}}, "delay=200 is not a time, for example 200ms"},
      {{{"delay", "2m"}}, "delay=2m is more than 1m"},
      {{{"delayed", "1%"}},
       "delayed and delay need each other, for example delayed=1%&delay=200ms"},
      {{{"delay", "200ms"}},
       "delayed and delay need each other, for example delayed=1%&delay=200ms"},
      {{{"faster", "1%"}}, "there is no fault faster; faults are slower, delayed, delay, errors"},
  };
  for (const auto& [query, text] : table) {
    const Result<Faults> faults = parse_faults(query);
    ASSERT_FALSE(faults) << text;
    EXPECT_EQ(faults.error().text, text);
  }
}

std::vector<Response> answers_under(const Faults& faults, std::size_t count = 4000) {
  Weather weather(1);
  weather.set(faults);
  std::vector<Response> answers;
  for (std::size_t i = 0; i < count; ++i) {
    answers.push_back(weather.over({.body = "{}", .service_time = 8ms}));
  }
  return answers;
}

double share(const std::vector<Response>& answers, bool (*is_counted)(const Response&)) {
  const auto count = std::count_if(answers.begin(), answers.end(), is_counted);
  return static_cast<double>(count) / static_cast<double>(answers.size());
}

double rank(std::vector<Response> answers, double rank) {
  std::sort(answers.begin(), answers.end(),
            [](const Response& a, const Response& b) { return a.service_time < b.service_time; });
  const auto place = static_cast<std::size_t>(rank * static_cast<double>(answers.size()));
  return milliseconds(answers[place].service_time);
}

TEST(Weather, IsSteadyWithoutFaults) {
  const std::vector<Response> answers = answers_under({});
  EXPECT_NEAR(rank(answers, 0.5), 8.0, 0.05);
  EXPECT_NEAR(rank(answers, 0.95), 8.4, 0.05);
  EXPECT_LT(rank(answers, 0.9999), 9.2);
  EXPECT_EQ(share(answers, [](const Response& answer) { return answer.status == 200; }), 1);
}

TEST(Weather, SlowerMovesTheWholeDistribution) {
  const std::vector<Response> answers = answers_under({.slower = 0.2});
  EXPECT_NEAR(rank(answers, 0.5), 9.6, 0.06);
  EXPECT_NEAR(rank(answers, 0.95), 10.08, 0.06);
}

TEST(Weather, DelaysAShareOfAnswers) {
  const std::vector<Response> answers = answers_under({.delayed_share = 0.1, .delay = 200ms});
  EXPECT_NEAR(rank(answers, 0.5), 8.0, 0.1);
  EXPECT_NEAR(share(answers, [](const Response& answer) { return answer.service_time > 200ms; }),
              0.1, 0.02);
}

TEST(Weather, FailsAShareOfAnswersAfterTheirUsualTime) {
  const std::vector<Response> answers = answers_under({.error_share = 0.1});
  const auto has_failed = [](const Response& answer) {
    return answer.status == 500 && answer.service_time > 6ms &&
           answer.body == R"({"error":"the demo was told to fail"})";
  };
  EXPECT_NEAR(share(answers, has_failed), 0.1, 0.02);
}

TEST(Weather, RepeatsItselfFromItsSeed) {
  const auto times = [] {
    std::vector<Nanoseconds> all;
    for (const Response& answer : answers_under({}, 100)) all.push_back(answer.service_time);
    return all;
  };
  EXPECT_EQ(times(), times());
}

}  // namespace
}  // namespace loadgate::server
