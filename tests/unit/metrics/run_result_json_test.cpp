#include "metrics/run_result_json.h"

#include <gtest/gtest.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "base/random.h"
#include "metrics/json_text.h"
#include "support/sample_duet.h"
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

RunResult watched_run() {
  RunResult run = sample();
  run.info.plan_text = "name: shop\ntarget: ***\n";
  run.judging.gate.duet.p95 = 0.4;
  run.judging.gate.duet.p99 = 0.5;
  run.judging.gate.cpu_floor = 30us;
  run.services = {support::sample_use("service", 0, 40, 0.3), support::sample_use("db", 0, 3, 0.1)};
  run.services[1].is_judged = false;
  run.services[1].trouble = "it ended after 3 s";
  run.machine = support::sample_machine(0, 40);
  run.control_before = Control{.work = 8ms, .round_trip = 12us};
  run.control_after = Control{.work = 9ms, .round_trip = 13us};
  run.earlier = {digest_of(support::sample_result({.seed = 7}))};
  run.suspects = {{{.stage = "steady", .request = "GET /products", .metric = "p50"}}};
  return run;
}

TEST(RunResultJson, WhatServicesAndMachineSpentReadsBack) {
  const RunResult run = watched_run();
  const Result<RunResult> read = parse_run_result(to_json(run));
  ASSERT_TRUE(read) << read.error().text;
  const RunResult& back = *read;
  EXPECT_EQ(to_json(back), to_json(run));
  EXPECT_EQ(back.info.plan_text, run.info.plan_text);
  EXPECT_EQ(back.judging.gate.duet.p95, 0.4);
  EXPECT_EQ(back.judging.gate.duet.p99, 0.5);
  EXPECT_EQ(back.judging.gate.stored.p99, std::nullopt);
  EXPECT_EQ(back.judging.gate.cpu_floor, 30us);
  ASSERT_EQ(back.services.size(), 2u);
  EXPECT_EQ(back.services[0].name, "service");
  EXPECT_TRUE(back.services[0].is_judged);
  EXPECT_EQ(back.services[0].points.size(), 41u);
  EXPECT_EQ(back.services[0].points[40].cpu, run.services[0].points[40].cpu);
  EXPECT_EQ(back.services[0].points[40].memory, 140'000'000u);
  EXPECT_EQ(back.services[0].points[40].processes, 2u);
  EXPECT_FALSE(back.services[1].is_judged);
  EXPECT_EQ(back.services[1].trouble, "it ended after 3 s");
  EXPECT_EQ(back.machine.cores, 2u);
  EXPECT_EQ(back.machine.points[40].stolen, run.machine.points[40].stolen);
  EXPECT_EQ(back.machine.points[40].pressure, run.machine.points[40].pressure);
  EXPECT_EQ(back.control_before->work, 8ms);
  EXPECT_EQ(back.control_after->round_trip, 13us);
  ASSERT_EQ(back.earlier.size(), 1u);
  EXPECT_EQ(to_json(back.earlier[0]), to_json(run.earlier[0]));
  ASSERT_EQ(back.suspects->size(), 1u);
  EXPECT_EQ((*back.suspects)[0].stage, "steady");
  EXPECT_EQ((*back.suspects)[0].request, "GET /products");
  EXPECT_EQ((*back.suspects)[0].metric, "p50");
}

TEST(RunResultJson, NoSuspectsAreNotAnEmptyListOfThem) {
  RunResult run = sample();
  run.suspects.emplace();
  EXPECT_TRUE(parse_run_result(to_json(run)).value().suspects);
  EXPECT_FALSE(parse_run_result(to_json(sample())).value().suspects);
}

TEST(RunResultJson, WhatWasNotWatchedIsLeftOut) {
  const json value = sample_json();
  for (const char* field :
       {"services", "machine", "control_before", "control_after", "earlier", "suspects", "duet"}) {
    EXPECT_FALSE(value.contains(field)) << field;
  }
  EXPECT_FALSE(value["info"].contains("plan_text"));
}

TEST(RunResultJson, AResultFromBeforeDuetsHasTheirDefaultRules) {
  json older = sample_json();
  older["judging"]["gate"].erase("duet");
  older["judging"]["gate"].erase("cpu_floor_ns");
  const Result<RunResult> back = run_result_of(older, "");
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(back->judging.gate.duet.p95, plan::GateRules().duet.p95);
  EXPECT_EQ(back->judging.gate.cpu_floor, plan::GateRules().cpu_floor);
}

TEST(RunResultJson, ADuetReadsBackAndItsSeriesAreJoinedAgain) {
  RunResult run = support::sample_duet({.slowdown = 1.3});
  run.duet->restart = plan::Restart::never;
  run.duet->is_same_build = true;
  run.duet->is_fixed = true;
  run.duet->epochs[2].spoilt = "the load generator was late";
  run.duet->epochs[5].head.died = "service exited with status 1";
  join_epochs(run);
  const std::string text = to_json(run);
  const Result<RunResult> read = parse_run_result(text);
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(to_json(*read), text);
  const Duet& duet = *read->duet;
  EXPECT_EQ(duet.base, "main (3f2a9c1)");
  EXPECT_EQ(duet.head, "the working tree");
  EXPECT_EQ(duet.rate, 120);
  EXPECT_EQ(duet.restart, plan::Restart::never);
  EXPECT_EQ(duet.epoch_length, 8s);
  EXPECT_EQ(duet.most_epochs, 20u);
  EXPECT_TRUE(duet.is_same_build);
  EXPECT_TRUE(duet.is_fixed);
  ASSERT_EQ(duet.epochs.size(), 6u);
  EXPECT_EQ(duet.epochs[2].spoilt, "the load generator was late");
  EXPECT_EQ(duet.epochs[3].began, 30s);
  EXPECT_EQ(duet.epochs[3].held.from, 2s);
  EXPECT_EQ(duet.epochs[3].base.target, "http://127.0.0.1:40003");
  EXPECT_EQ(duet.epochs[3].head.started_first, run.duet->epochs[3].head.started_first);
  EXPECT_EQ(duet.epochs[3].head.start_took, 300ms);
  EXPECT_EQ(duet.epochs[5].head.died, "service exited with status 1");
  EXPECT_EQ(duet.epochs[5].head.use.points.size(), 9u);
  EXPECT_EQ(duet.epochs[5].machine.points.size(), 9u);
  ASSERT_EQ(read->series.size(), run.series.size());
  for (std::size_t i = 0; i < run.series.size(); ++i) {
    EXPECT_EQ(read->series[i].key, run.series[i].key);
    EXPECT_EQ(read->series[i].held.response_times, run.series[i].held.response_times);
    EXPECT_EQ(read->series[i].windows.size(), run.series[i].windows.size());
  }
}

TEST(RunResultJson, ADuetsMeasurementsAreNotStoredTwice) {
  const json value = json_of(support::sample_duet());
  EXPECT_FALSE(value.contains("series"));
  EXPECT_EQ(value["duet"]["epochs"][0]["base"]["series"].size(), 2u);
}

std::string duet_complaint_with(const std::string& pointer, const json& value) {
  static const json valid = json_of(support::sample_duet());
  json damaged = valid;
  damaged[json::json_pointer(pointer)] = value;
  const Result<RunResult> result = run_result_of(damaged, "");
  return result ? "" : result.error().text;
}

TEST(RunResultJson, DamageOfADuetIsRefusedNamingTheField) {
  struct Case {
    std::string pointer;
    json value;
    std::string complaint;
  };
  const Case cases[] = {
      {"/duet", 7, "duet: expected an object"},
      {"/duet/rate", "fast", "duet.rate: expected a number"},
      {"/duet/epoch_length_ns", 3'600'000'000'001,
       "duet.epoch_length_ns: expected at most an hour"},
      {"/duet/restart", "daily", "duet.restart: unknown word \"daily\""},
      {"/duet/epochs/1/number", 0, "duet.epochs[1]: stands out of order"},
      {"/duet/epochs/1/held/to_ns", 1, "duet.epochs[1].held: ends before it begins"},
      {"/duet/epochs/1/base/started_first", 1,
       "duet.epochs[1].base.started_first: expected true or false"},
      {"/duet/epochs/1/base/series/0/side", "head",
       "duet.epochs[1].base.series[0].side: expected \"base\""},
      {"/duet/epochs/1/head/series/1/request_name", 2,
       "duet.epochs[1].head.series[1].request_name: there is no judging.requests[2]"},
      {"/duet/epochs/1/head/series/1/stage", 1,
       "duet.epochs[1].head.series[1].stage: there is no judging.stages[1]"},
      {"/duet/epochs/1/head/series/1/windows/3/index", 1,
       "duet.epochs[1].head.series[1].windows[3]: stands out of order"},
      {"/duet/epochs/1/head/use/points/2/at_ns", 5,
       "duet.epochs[1].head.use.points[2]: stands out of order"},
      {"/duet/epochs/1/head/use/points/2/cpu_ns", -5,
       "duet.epochs[1].head.use.points[2].cpu_ns: expected a whole number of at least 0"},
      {"/duet/epochs/1/machine/cores", -1,
       "duet.epochs[1].machine.cores: expected a whole number of at least 0"},
      {"/duet/epochs/1/spoilt", false, "duet.epochs[1].spoilt: expected a text"},
  };
  for (const Case& wrong : cases) {
    EXPECT_EQ(duet_complaint_with(wrong.pointer, wrong.value), wrong.complaint);
  }
}

TEST(RunResultJson, DamageOfWhatWasWatchedIsRefusedNamingTheField) {
  struct Case {
    std::string pointer;
    json value;
    std::string complaint;
  };
  const Case cases[] = {
      {"/services", "none", "services: expected a list"},
      {"/services/1/is_judged", 0, "services[1].is_judged: expected true or false"},
      {"/services/0/points/4/memory", -1,
       "services[0].points[4].memory: expected a whole number of at least 0"},
      {"/services/0/points/4/at_ns", 0, "services[0].points[4]: stands out of order"},
      {"/machine/points/4/own_ns", nullptr, "machine.points[4].own_ns: expected a number"},
      {"/machine/points/4/at_ns", 0, "machine.points[4]: stands out of order"},
      {"/control_after/work_ns", "quick", "control_after.work_ns: expected a number"},
      {"/earlier/0/format", "loadgate-run", "earlier[0].format: expected \"loadgate-baseline\""},
      {"/earlier/0/series/0/p50_ns", -1,
       "earlier[0].series[0].p50_ns: expected a whole number of at least 0"},
      {"/suspects/0/metric", 7, "suspects[0].metric: expected a text"},
      {"/judging/gate/duet/p50", "10%", "judging.gate.duet.p50: expected a number"},
      {"/judging/gate/cpu_floor_ns", -1,
       "judging.gate.cpu_floor_ns: expected a whole number of at least 0"},
      {"/info/plan_text", 1, "info.plan_text: expected a text"},
  };
  const json valid = json_of(watched_run());
  for (const Case& wrong : cases) {
    json damaged = valid;
    damaged[json::json_pointer(wrong.pointer)] = wrong.value;
    const Result<RunResult> result = run_result_of(damaged, "");
    ASSERT_FALSE(result) << wrong.complaint;
    EXPECT_EQ(result.error().text, wrong.complaint);
  }
}

// What reading and writing cost is recorded, not asserted: build and machine decide it.
TEST(RunResultJson, ADuetOfTwentyEpochsAndTwentyNamesIsOfAFewMegabytes) {
  const RunResult run = support::sample_duet({.epochs = 20, .names = 20, .a_second = 6});
  const std::clock_t start = std::clock();
  const std::string text = to_json(run);
  const std::clock_t written = std::clock();
  const RunResult back = parse_run_result(text).value();
  const std::clock_t read = std::clock();
  RecordProperty("bytes", std::to_string(text.size()));
  RecordProperty("write_cpu_ms", std::to_string((written - start) * 1000 / CLOCKS_PER_SEC));
  RecordProperty("read_cpu_ms", std::to_string((read - written) * 1000 / CLOCKS_PER_SEC));
  EXPECT_EQ(back.series.size(), 40u);
  EXPECT_LT(text.size(), 6'000'000u);
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

void expect_damage_is_survived(const RunResult& run, std::uint64_t seed) {
  const std::string valid = to_json(run);
  Random random(seed);
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

TEST(RunResultJson, AnyDamageGivesAnErrorOrAValueThatCanBeWritten) {
  RunResult run = watched_run();
  // Few windows and samples: the frame is what damage shall meet.
  for (Series& series : run.series) series.windows.resize(1);
  for (FailureGroup& group : run.failures) group.samples.resize(1);
  run.earlier[0].series.resize(1);
  expect_damage_is_survived(run, 6);
}

TEST(RunResultJson, AnyDamageOfADuetGivesAnErrorOrAValueThatCanBeWritten) {
  expect_damage_is_survived(support::sample_duet({.epochs = 2, .names = 1, .a_second = 2}), 7);
}

}  // namespace
}  // namespace loadgate::metrics
