#include "metrics/run_digest.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/random.h"
#include "metrics/recorder.h"
#include "support/sample_duet.h"
#include "support/sample_result.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

const DigestSeries& series_named(const RunDigest& digest, std::string_view request) {
  return *std::ranges::find(digest.series, request, &DigestSeries::request);
}

TEST(RunDigest, HoldsTheTasksOfJudgedStagesAndAllTogether) {
  const RunResult run = support::sample_result();
  const RunDigest digest = digest_of(run);

  EXPECT_EQ(digest.plan_name, "shop");
  EXPECT_EQ(digest.commit, run.info.commit);
  EXPECT_EQ(digest.started, run.info.started);
  ASSERT_EQ(digest.series.size(), 4u) << "no warm-up, no on_start";
  EXPECT_EQ(digest.series[0].request, "GET /products");
  EXPECT_EQ(digest.series[1].request, "GET /products/{{ id }}");
  EXPECT_EQ(digest.series[2].request, "POST /carts");
  EXPECT_EQ(digest.series[3].request, kAllRequests);

  const DigestSeries& list = digest.series[0];
  const Tally& held = run.series[5].held;
  EXPECT_EQ(list.stage, "steady");
  EXPECT_EQ(list.requests, held.requests);
  EXPECT_EQ(list.p50, held.response_times.quantile(0.5));
  EXPECT_EQ(list.p95, held.response_times.quantile(0.95));
  EXPECT_EQ(list.p99, held.response_times.quantile(0.99));
  EXPECT_DOUBLE_EQ(list.per_second, 840.0 / 28);
  EXPECT_EQ(list.response_times.count(), held.response_times.count());

  const DigestSeries& all = digest.series[3];
  EXPECT_EQ(all.requests, 28u * 60);
  EXPECT_EQ(all.failures, digest.series[1].failures + digest.series[2].failures);
  EXPECT_DOUBLE_EQ(all.per_second, 60);
}

TEST(RunDigest, KnowsATypicalSecondOfEachRequestAndOfAllTogether) {
  const RunDigest digest = digest_of(support::sample_result());
  for (const char* name : {"GET /products", "all requests"}) {
    const DigestSeries& series = series_named(digest, name);
    ASSERT_TRUE(series.typical_p50 && series.typical_p95) << name;
    EXPECT_NEAR(milliseconds(*series.typical_p50), milliseconds(series.p50),
                0.1 * milliseconds(series.p50));
    EXPECT_NEAR(milliseconds(*series.typical_p95), milliseconds(series.p95),
                0.15 * milliseconds(series.p95));
  }
}

TEST(RunDigest, WithoutAWindowThatIsHeldThereIsNoTypicalOne) {
  RunResult run = support::sample_result();
  run.window_width = 64s;
  EXPECT_EQ(digest_of(run).series[0].typical_p50, std::nullopt);
}

TEST(RunDigest, SaysWhatLoadgateItselfSpentOnARequest) {
  RunResult run = support::sample_result();
  run.machine.cores = 2;
  run.machine.points = {{.at = 0s}, {.at = 40s, .own = 4s}};
  double requests = 0, bytes = 0;
  for (const Series& series : run.series) {
    if (series.key.stage != 1) continue;
    requests += static_cast<double>(series.held.requests);
    bytes += static_cast<double>(series.held.bytes_sent + series.held.bytes_received);
  }
  const RunDigest digest = digest_of(run);
  const DigestSeries& all = series_named(digest, kAllRequests);
  ASSERT_TRUE(all.generator_cpu_per_request);
  EXPECT_NEAR(seconds(*all.generator_cpu_per_request), 0.1 * 28 / requests, 1e-8);
  EXPECT_DOUBLE_EQ(all.bytes_per_request, bytes / requests);
  EXPECT_EQ(series_named(digest, "GET /products").generator_cpu_per_request, std::nullopt);
}

TEST(RunDigest, TheLoadHashIsThatOfStageAndRequest) {
  const RunResult run = support::sample_result();
  RunResult changed = run;
  changed.judging.requests[support::kCart].load_hash = "other";
  const RunDigest before = digest_of(run);
  const RunDigest after = digest_of(changed);

  EXPECT_EQ(series_named(before, "GET /products").load_hash,
            fingerprint_of(fingerprint_of("steady") + fingerprint_of("list")));
  EXPECT_EQ(series_named(before, "GET /products").load_hash,
            series_named(after, "GET /products").load_hash);
  EXPECT_NE(series_named(before, "POST /carts").load_hash,
            series_named(after, "POST /carts").load_hash);
  EXPECT_NE(series_named(before, kAllRequests).load_hash,
            series_named(after, kAllRequests).load_hash);
}

TEST(RunDigest, ThePoolsLoadHashDoesNotDependOnTheOrderOfRequests) {
  RunResult run = support::sample_result();
  const std::string before = series_named(digest_of(run), kAllRequests).load_hash;
  std::swap(run.judging.requests[support::kCart], run.judging.requests[support::kList]);
  EXPECT_EQ(series_named(digest_of(run), kAllRequests).load_hash, before);
}

TEST(RunDigest, CpuIsThatOfTheJudgedServicesForEachHeldRequestOfAnyRole) {
  RunResult run = support::sample_result();
  run.services = {support::sample_use("service", 0, 40, 0.3), support::sample_use("db", 0, 40, 1)};
  run.services[1].is_judged = false;
  std::uint64_t requests = 0;
  for (const Series& series : run.series) {
    if (series.key.stage == 1) requests += series.held.requests;
  }
  EXPECT_GT(requests, 28u * 60 - 1) << "tasks, and logins where they were held";
  const RunDigest digest = digest_of(run);
  EXPECT_EQ(series_named(digest, "GET /products").cpu_per_request, std::nullopt);
  const std::optional<Nanoseconds> cpu = series_named(digest, kAllRequests).cpu_per_request;
  ASSERT_TRUE(cpu);
  EXPECT_NEAR(seconds(*cpu), 0.3 * 28 / static_cast<double>(requests), 1e-8);

  run.services[0].points.resize(20);
  EXPECT_EQ(series_named(digest_of(run), kAllRequests).cpu_per_request, std::nullopt)
      << "not watched to the end of what was held";
}

TEST(RunDigest, AnEmptyRunHasAnEmptyDigest) { EXPECT_TRUE(digest_of(RunResult()).series.empty()); }

RunDigest watched_digest() {
  RunResult run = support::sample_result();
  run.services = {support::sample_use("service", 0, 40, 0.3)};
  run.control_before = Control{.work = 8ms, .round_trip = 12us};
  run.control_after = Control{.work = 9ms, .round_trip = 13us};
  run.machine = support::sample_machine(0, 40);
  run.health.steal_share = 0.02;
  RunDigest digest = digest_of(run);
  digest.accepted = "prices are worked out for each visitor";
  return digest;
}

TEST(RunDigest, WhatWasWatchedAndWhyItWasAcceptedReadBack) {
  const RunDigest digest = watched_digest();
  const Result<RunDigest> back = parse_run_digest(to_json(digest));
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(to_json(*back), to_json(digest));
  EXPECT_EQ(back->accepted, digest.accepted);
  EXPECT_EQ(back->control_before->work, 8ms);
  EXPECT_EQ(back->steal_share, 0.02);
  ASSERT_TRUE(back->pressure);
  EXPECT_EQ(*back->pressure, *digest.pressure);
  EXPECT_NEAR(*digest.pressure, 0.1, 1e-9);
  EXPECT_EQ(back->control_after->round_trip, 13us);
  EXPECT_EQ(series_named(*back, kAllRequests).cpu_per_request,
            series_named(digest, kAllRequests).cpu_per_request);
  EXPECT_TRUE(series_named(*back, kAllRequests).cpu_per_request);
  EXPECT_FALSE(series_named(*back, "GET /products").cpu_per_request);
}

TEST(RunDigest, WhatWasNotWatchedIsLeftOut) {
  const std::string text = to_json(digest_of(support::sample_result()));
  for (const char* field :
       {"cpu_per_request", "generator", "bytes", "control_", "accepted", "steal", "pressure"}) {
    EXPECT_EQ(text.find(field), std::string::npos) << field;
  }
}

TEST(RunDigest, WhatIsWrittenReadsBackTheSame) {
  const RunDigest digest = digest_of(support::sample_result());
  const std::string text = to_json(digest);
  const Result<RunDigest> back = parse_run_digest(text);
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(to_json(*back), text);
  EXPECT_EQ(back->environment.fingerprint(), digest.environment.fingerprint());
  EXPECT_EQ(back->started, digest.started);
  ASSERT_EQ(back->series.size(), digest.series.size());
  for (std::size_t i = 0; i < digest.series.size(); ++i) {
    EXPECT_EQ(back->series[i].typical_p50, digest.series[i].typical_p50);
    EXPECT_EQ(back->series[i].typical_p95, digest.series[i].typical_p95);
    EXPECT_EQ(back->series[i].response_times, digest.series[i].response_times);
    EXPECT_EQ(back->series[i].per_second, digest.series[i].per_second);
  }
}

// Twenty names, ten minutes, response times over two and a half decades.
RunResult large_run() {
  RunResult run = support::sample_result();
  run.judging.requests.clear();
  for (int i = 0; i < 20; ++i) {
    run.judging.requests.push_back(
        {.text = fmt::format("GET /store/collections/{{{{ id }}}}/{}", i),
         .role = plan::Role::task,
         .load_hash = fingerprint_of(std::to_string(i))});
  }
  run.judging.stages = {run.judging.stages[1]};
  run.judging.stages[0].held = {.from = 0s, .to = 600s};
  Recorder recorder(1, 20);
  Collector collector(1, 20);
  Random random(3);
  for (std::uint32_t second = 0; second < 600; ++second) {
    for (std::uint32_t i = 0; i < 60; ++i) {
      Sample sample;
      sample.request_name = i % 20;
      sample.held = true;
      sample.status = 200;
      const double tail = random.unit() * random.unit() * random.unit() * random.unit();
      sample.response_time = from_seconds(0.004 + 1.2 * tail);
      recorder.record(sample);
    }
    collector.add(recorder.seal(second));
  }
  collector.finish(run);
  // As busy as a hundred requests a second of each, without drawing them all.
  for (Series& series : run.series) {
    for (int doubling = 0; doubling < 5; ++doubling) series.held.merge(Tally(series.held));
  }
  return run;
}

TEST(RunDigest, OfTwentyRequestsAndTenMinutesFitsInto20Kilobytes) {
  RunResult run = large_run();
  run.services = {support::sample_use("service", 0, 600, 0.3)};
  run.control_before = run.control_after = Control{.work = 8'123'456ns, .round_trip = 12'345ns};
  RunDigest digest = digest_of(run);
  digest.accepted = "prices are worked out for each visitor since the new catalogue";
  const std::string text = to_json(digest);
  EXPECT_LE(text.size(), 20'000u);
  const RunDigest back = parse_run_digest(text).value();
  EXPECT_EQ(back.series.size(), 21u);
}

TEST(RunDigest, DamageIsRefusedNamingTheField) {
  const std::string valid = to_json(digest_of(support::sample_result()));
  struct Case {
    std::string from, to, complaint;
  };
  const Case cases[] = {
      {"\"loadgate-baseline\"", "\"loadgate-run\"", "format: expected \"loadgate-baseline\""},
      {"\"version\": 1", "\"version\": 7",
       "made by a newer loadgate (version 7); this one reads 1"},
      {"\"plan_name\": \"shop\"", "\"plan_name\": 1", "plan_name: expected a text"},
      {"\"requests\":840", "\"requests\":-840",
       "series[0].requests: expected a whole number of at least 0"},
      {"\"requests\":840", "\"request\":840", "series[0].request: expected a text"},
      {"\"typical_p50_ns\":", "\"typical_p50_ns\":-",
       "series[0].typical_p50_ns: expected a whole number of at least 0"},
      {"\"failures\":0", "\"failures\":841",
       "series[0].failures: expected at most as many as requests"},
      {"\"per_second\":30.0", "\"per_second\":-30.0",
       "series[0].per_second: expected a number of at least 0"},
      {"\"response_times\":\"HIST", "\"response_times\":\"hist",
       "series[0].response_times: not a histogram: not compressed HdrHistogram V2"},
      {"{", "(", "not JSON from line 1, column 1 on"},
  };
  for (const Case& wrong : cases) {
    std::string text = valid;
    const std::size_t at = text.find(wrong.from);
    ASSERT_NE(at, std::string::npos) << wrong.from;
    text.replace(at, wrong.from.size(), wrong.to);
    const Result<RunDigest> result = parse_run_digest(text);
    ASSERT_FALSE(result) << wrong.complaint;
    EXPECT_EQ(result.error().text, wrong.complaint);
  }
}

TEST(RunDigest, DamageOfWhatWasWatchedIsRefusedNamingTheField) {
  const std::string valid = to_json(watched_digest());
  struct Case {
    std::string from, to, complaint;
  };
  const Case cases[] = {
      {"\"cpu_per_request_ns\":", "\"cpu_per_request_ns\":-",
       "series[3].cpu_per_request_ns: expected a whole number of at least 0"},
      {"\"work_ns\": 8000000", "\"work\": 8000000", "control_before.work_ns: missing"},
      {"\"accepted\": \"", "\"accepted\": [], \"x\": \"", "accepted: expected a text"},
  };
  for (const Case& wrong : cases) {
    std::string text = valid;
    const std::size_t at = text.find(wrong.from);
    ASSERT_NE(at, std::string::npos) << wrong.from;
    text.replace(at, wrong.from.size(), wrong.to);
    const Result<RunDigest> result = parse_run_digest(text);
    ASSERT_FALSE(result) << wrong.complaint;
    EXPECT_EQ(result.error().text, wrong.complaint);
  }
}

TEST(RunDigest, AnyDamageGivesAnErrorOrAValueThatCanBeWritten) {
  const std::string valid = to_json(digest_of(support::sample_result()));
  Random random(9);
  for (int i = 0; i < 1'000; ++i) {
    std::string text =
        valid.substr(0, random.below(4) == 0 ? random.below(valid.size()) : valid.size());
    for (std::uint64_t flips = random.below(4); flips > 0 && !text.empty(); --flips) {
      char& hit = text[random.below(text.size())];
      hit = static_cast<char>(hit ^ static_cast<char>(1U << random.below(7)));
    }
    const Result<RunDigest> result = parse_run_digest(text);
    if (result) {
      EXPECT_FALSE(to_json(*result).empty());
    }
  }
}

}  // namespace
}  // namespace loadgate::metrics
