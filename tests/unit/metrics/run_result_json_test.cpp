#include "metrics/run_result_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/random.h"
#include "metrics/json_text.h"
#include "support/sample_result.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

const RunResult& sample() {
  static const RunResult result = support::sample_result();
  return result;
}

json sample_json() {
  static const json value = json_of(sample());
  return value;
}

// The complaint about the sample's JSON with the value at `pointer` replaced.
std::string complaint_with(const std::string& pointer, const json& value) {
  json damaged = sample_json();
  damaged[json::json_pointer(pointer)] = value;
  const Result<RunResult> result = run_result_of(damaged, "");
  return result ? "" : result.error().text;
}

std::string complaint_without(const std::string& pointer, const std::string& key) {
  json damaged = sample_json();
  damaged[json::json_pointer(pointer)].erase(key);
  const Result<RunResult> result = run_result_of(damaged, "");
  return result ? "" : result.error().text;
}

TEST(RunResultJson, WritingReadingAndWritingGivesTheSameBytes) {
  const std::string text = to_json(sample());
  const Result<RunResult> back = parse_run_result(text);
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(to_json(*back), text);
}

TEST(RunResultJson, ValuesReadBackAsTheyWere) {
  RunResult run = sample();
  run.info.aborted = "p95 241 ms, limit 200 ms";
  run.info.interrupted = true;
  run.info.seed = 18'446'744'073'709'551'615ULL;
  run.judging.thresholds[0].comparison = plan::Comparison::greater_or_equal;
  run.judging.thresholds[0].relative_to_baseline = true;
  run.judging.thresholds[0].after = 5s;
  run.judging.gate.ignored_requests = {"GET /health"};
  run.judging.stages[1].is_saturated = true;
  run.health.invalid = {"too many late sends"};
  run.series[3].key.side = Side::base;
  std::ranges::sort(run.series, {}, &Series::key);

  const RunResult back = parse_run_result(to_json(run)).value();

  EXPECT_EQ(back.info.aborted, run.info.aborted);
  EXPECT_TRUE(back.info.interrupted);
  EXPECT_EQ(back.info.seed, run.info.seed);
  EXPECT_EQ(back.info.started, run.info.started);
  EXPECT_EQ(back.info.environment.fingerprint(), run.info.environment.fingerprint());
  EXPECT_EQ(back.info.environment.boot, run.info.environment.boot);
  EXPECT_EQ(back.judging.thresholds[0].comparison, plan::Comparison::greater_or_equal);
  EXPECT_EQ(back.judging.thresholds[0].metric, plan::Metric::p95);
  EXPECT_EQ(back.judging.thresholds[0].after, 5s);
  EXPECT_EQ(back.judging.thresholds[0].place.line, 14);
  EXPECT_EQ(back.judging.gate.ignored_requests, run.judging.gate.ignored_requests);
  EXPECT_EQ(back.judging.requests[0].role, plan::Role::on_start);
  EXPECT_TRUE(back.judging.stages[1].is_saturated);
  EXPECT_EQ(back.judging.stages[1].held.from, 12s);
  EXPECT_EQ(back.health.invalid, run.health.invalid);
  EXPECT_EQ(back.health.loop_lag_p99, run.health.loop_lag_p99);
  EXPECT_EQ(back.health.lateness_p50, run.health.lateness_p50);
  EXPECT_EQ(back.health.lateness_p99, run.health.lateness_p99);
  ASSERT_EQ(back.series.size(), run.series.size());
  for (std::size_t i = 0; i < run.series.size(); ++i) {
    EXPECT_EQ(back.series[i].key, run.series[i].key);
    EXPECT_EQ(back.series[i].held.requests, run.series[i].held.requests);
    EXPECT_EQ(back.series[i].held.errors, run.series[i].held.errors);
    EXPECT_EQ(back.series[i].held.phases.wait, run.series[i].held.phases.wait);
    EXPECT_EQ(back.series[i].all.response_times, run.series[i].all.response_times);
    ASSERT_EQ(back.series[i].windows.size(), run.series[i].windows.size());
    EXPECT_EQ(back.series[i].windows.back().index, run.series[i].windows.back().index);
    EXPECT_EQ(back.series[i].windows.back().response_times,
              run.series[i].windows.back().response_times);
  }
  ASSERT_EQ(back.failures.size(), run.failures.size());
  EXPECT_EQ(back.failures[0].kind, run.failures[0].kind);
  EXPECT_EQ(back.failures[0].count, run.failures[0].count);
  EXPECT_EQ(back.failures[0].samples[0].response.body, run.failures[0].samples[0].response.body);
  EXPECT_EQ(back.users.back().users, 20u);
}

TEST(RunResultJson, WhatAnOpenStageKnowsReadsBack) {
  const RunResult run = support::sample_result({.is_open = true});
  const RunResult back = parse_run_result(to_json(run)).value();

  EXPECT_EQ(back.judging.stages[0].load, plan::Load::users);
  EXPECT_EQ(back.judging.stages[1].load, plan::Load::rate);
  EXPECT_EQ(back.judging.stages[1].rate, 60);
  EXPECT_EQ(back.judging.stages[1].max_users, 500u);
  EXPECT_EQ(back.health.arrivals, run.health.arrivals);
  EXPECT_EQ(back.health.dropped, 3u);
  EXPECT_EQ(back.series.back().held.service_times, run.series.back().held.service_times);
  EXPECT_FALSE(back.series.back().held.service_times.empty());
  ASSERT_EQ(back.slowest.size(), 3u);
  EXPECT_EQ(back.slowest[0].request_name, support::kList);
  EXPECT_EQ(back.slowest[0].samples.size(), kSlowSamples);
  EXPECT_EQ(back.slowest[0].samples[0].response_time, run.slowest[0].samples[0].response_time);
  EXPECT_EQ(to_json(back), to_json(run));
}

TEST(RunResultJson, ANameOfOlderBaselinesReadsBack) {
  RunResult run = sample();
  run.judging.requests[1].was = "GET /items";
  const RunResult back = parse_run_result(to_json(run)).value();
  EXPECT_EQ(back.judging.requests[0].was, "");
  EXPECT_EQ(back.judging.requests[1].was, "GET /items");
}

// So that results of the first release, which had none of them, are the same bytes.
TEST(RunResultJson, WhatOpenLoadBroughtIsLeftOutElsewhere) {
  const json value = sample_json();
  EXPECT_FALSE(value.contains("slowest"));
  EXPECT_FALSE(value["health"].contains("arrivals"));
  EXPECT_FALSE(value["judging"]["stages"][1].contains("load"));
  EXPECT_FALSE(value["judging"]["requests"][1].contains("was"));
  EXPECT_FALSE(value["series"][0]["held"].contains("service_times"));
}

TEST(RunResultJson, AnEmptyResultReadsBack) {
  const Result<RunResult> back = parse_run_result(to_json(RunResult()));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_TRUE(back->series.empty());
}

TEST(RunResultJson, BytesThatAreNotUtf8AreReplacedWhenWritten) {
  RunResult run;
  run.info.command = "caf\xe9";
  EXPECT_EQ(parse_run_result(to_json(run)).value().info.command, "caf\xef\xbf\xbd");
}

TEST(RunResultJson, NumbersThatJsonCannotHoldAreReplacedWhenWritten) {
  RunResult run;
  run.health.cpu_share = std::numeric_limits<double>::quiet_NaN();
  run.health.late_share = std::numeric_limits<double>::infinity();
  const RunResult back = parse_run_result(to_json(run)).value();
  EXPECT_EQ(back.health.cpu_share, 0);
  EXPECT_EQ(back.health.late_share, std::numeric_limits<double>::max());
}

TEST(RunResultJson, AWindowStandsOnALineOfItsOwn) {
  const std::string text = to_json(sample());
  EXPECT_NE(
      text.find("\n    {\"failures\":0,\"index\":0,\"requests\":30,\"response_times\":\"HIST"),
      std::string::npos);
}

TEST(RunResultJson, DamageIsRefusedNamingTheField) {
  struct Case {
    std::string pointer;
    json value;
    std::string complaint;
  };
  const Case cases[] = {
      {"", json::array(), "expected an object"},
      {"/format", "k6-summary", "format: expected \"loadgate-run\""},
      {"/version", 2, "made by a newer loadgate (version 2); this one reads 1"},
      {"/version", 0, "version: expected 1"},
      {"/version", "1", "version: expected a number"},
      {"/info", nullptr, "info: expected an object"},
      {"/info/seed", -1, "info.seed: expected a whole number of at least 0"},
      {"/info/seed", 1.5, "info.seed: expected a whole number of at least 0"},
      {"/info/plan_name", 7, "info.plan_name: expected a text"},
      {"/info/interrupted", "no", "info.interrupted: expected true or false"},
      {"/info/workers", 4294967296, "info.workers: expected a whole number of at most 4294967295"},
      {"/info/length_ns", 2305843009213693953,
       "info.length_ns: expected a whole number of at most 2305843009213693952"},
      {"/info/started", "yesterday", "info.started: expected a time like 1970-01-01T00:00:00.000Z"},
      {"/info/started", "2026-02-30T00:00:00.000Z",
       "info.started: expected a time like 1970-01-01T00:00:00.000Z"},
      {"/info/environment/cores", true, "info.environment.cores: expected a number"},
      {"/judging/stages", 3, "judging.stages: expected a list"},
      {"/judging/stages/1/held/to_ns", 1, "judging.stages[1].held: ends before it begins"},
      {"/judging/requests/2/role", "user", "judging.requests[2].role: unknown word \"user\""},
      {"/judging/thresholds/0/metric", "p42", "judging.thresholds[0].metric: unknown word \"p42\""},
      {"/judging/thresholds/0/comparison", "=",
       "judging.thresholds[0].comparison: unknown word \"=\""},
      {"/judging/thresholds/1/limit", nullptr, "judging.thresholds[1].limit: expected a number"},
      {"/judging/gate/ignored_requests", {1}, "judging.gate.ignored_requests[0]: expected a text"},
      {"/window_width_ns", 0, "window_width_ns: expected a whole number of at least 1"},
      {"/series/0/side", "left", "series[0].side: unknown word \"left\""},
      {"/series/3/stage", 2, "series[3].stage: there is no judging.stages[2]"},
      {"/series/3/request_name", 4, "series[3].request_name: there is no judging.requests[4]"},
      {"/series/3/request_name", 2, "series[3]: stands out of order"},
      {"/series/3/held/requests", "many", "series[3].held.requests: expected a number"},
      {"/series/3/held/requests", -5,
       "series[3].held.requests: expected a whole number of at least 0"},
      {"/series/3/held/errors/bad luck", 1,
       "series[3].held.errors.bad luck: unknown word \"bad luck\""},
      {"/series/3/held/errors/cancelled", 1,
       "series[3].held.errors.cancelled: unknown word \"cancelled\""},
      {"/series/3/held/errors", 1, "series[3].held.errors: expected an object"},
      {"/series/3/held/phases/wait_ns", -1,
       "series[3].held.phases.wait_ns: expected a whole number of at least 0"},
      {"/series/3/held/response_times", "HIST",
       "series[3].held.response_times: not a histogram: not compressed HdrHistogram V2"},
      {"/series/3/windows/4/index", 3, "series[3].windows[4]: stands out of order"},
      {"/series/3/windows/4/index", 4294967295,
       "series[3].windows[4].index: expected a whole number of at most 2305843009"},
      {"/series/3/windows/4/response_times", "????",
       "series[3].windows[4].response_times: not a histogram: not base64"},
      {"/failures/0/kind", "none", "failures[0].kind: unknown word \"none\""},
      {"/failures/0/request_name", 9, "failures[0].request_name: there is no judging.requests[9]"},
      {"/failures/0/samples/1/response/headers", "none",
       "failures[0].samples[1].response.headers: expected a list"},
      {"/users/2/users", "all", "users[2].users: expected a number"},
      {"/health/cpu_share", nullptr, "health.cpu_share: expected a number"},
  };
  for (const Case& wrong : cases) {
    EXPECT_EQ(complaint_with(wrong.pointer, wrong.value), wrong.complaint);
  }
}

TEST(RunResultJson, AMissingFieldIsNamed) {
  EXPECT_EQ(complaint_without("", "format"), "format: missing");
  EXPECT_EQ(complaint_without("/info", "target"), "info.target: missing");
  EXPECT_EQ(complaint_without("/series/2/windows/0", "index"),
            "series[2].windows[0].index: missing");
  EXPECT_EQ(complaint_without("/health", "warnings"), "health.warnings: missing");
}

TEST(RunResultJson, WithinADocumentThePathBeginsThere) {
  json damaged = sample_json();
  damaged["info"]["seed"] = "x";
  EXPECT_EQ(run_result_of(damaged, "run").error().text, "run.info.seed: expected a number");
}

TEST(RunResultJson, TextThatIsNotJsonIsRefusedWithItsPlace) {
  EXPECT_EQ(parse_run_result("").error().text, "not JSON from line 1, column 1 on");
  EXPECT_EQ(parse_run_result("{\n \"a\": oops}").error().text, "not JSON from line 2, column 7 on");
  EXPECT_EQ(parse_run_result("[1e999]").error().text, "not JSON: a number is too large");
  EXPECT_EQ(parse_run_result("[NaN]").error().text, "not JSON from line 1, column 2 on");
}

TEST(RunResultJson, ControlCharactersOfTheFileDoNotReachTheComplaint) {
  EXPECT_EQ(complaint_with("/series/0/side", "\x1b[2J"), "series[0].side: unknown word \"?[2J\"");
}

TEST(RunResultJson, AnyTruncationIsRefused) {
  const std::string text = to_json(sample());
  Random random(5);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(parse_run_result(text.substr(0, random.below(text.size() - 2))));
  }
}

TEST(RunResultJson, AnyDamageGivesAnErrorOrAValueThatCanBeWritten) {
  support::SampleOptions options;
  RunResult run = support::sample_result(options);
  // Few windows and samples: the frame is what damage shall meet.
  for (Series& series : run.series) series.windows.resize(1);
  for (FailureGroup& group : run.failures) group.samples.resize(1);
  const std::string valid = to_json(run);
  Random random(6);
  for (int i = 0; i < 500; ++i) {
    std::string text = valid;
    for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips) {
      char& hit = text[random.below(text.size())];
      hit = static_cast<char>(hit ^ static_cast<char>(1U << random.below(7)));
    }
    const Result<RunResult> result = parse_run_result(text);
    if (result) {
      EXPECT_FALSE(to_json(*result).empty());
    }
  }
}

}  // namespace
}  // namespace loadgate::metrics
