#pragma once

// A small run as a real one would look, built in code and the same on every machine:
// a warm-up and one judged stage, four request names, two kinds of failures with
// samples. For tests of whatever comes after a run.

#include <string>
#include <utility>

#include "base/hash.h"
#include "base/random.h"
#include "metrics/recorder.h"
#include "metrics/run_result.h"

namespace loadgate::support {

struct SampleOptions {
  double slowdown = 1;          // Of every response time.
  std::uint64_t seed = 1;       // Of the drawn response times.
  bool has_failures = true;     // Otherwise every request succeeds.
  bool is_open = false;         // The judged stage gives a rate, some of which was dropped.
  std::string boot = "boot-1";  // Environment::boot; runs of one boot are averaged.
  WallTime started{std::chrono::milliseconds(1'795'316'645'678)};  // 2026-11-22T03:04:05.678Z
};

// Indices into Judging::requests of sample_result().
enum SampleRequest : std::uint32_t { kLogin, kList, kProduct, kCart };

inline metrics::Environment sample_environment(const std::string& boot = "boot-1") {
  return {.cpu_model = "AMD EPYC 7B13",
          .cores = 2,
          .memory_gb = 8,
          .os = "debian 12",
          .in_container = true,
          .boot = boot,
          .hostname_hash = fingerprint_of("runner")};
}

inline plan::Threshold sample_threshold(std::string text, plan::Metric metric, double limit,
                                        int line) {
  plan::Threshold threshold;
  threshold.text = std::move(text);
  threshold.metric = metric;
  threshold.limit = limit;
  threshold.place = {.file = "configs/shop.yaml", .line = line, .column = 5, .length = 11};
  return threshold;
}

inline metrics::Judging sample_judging() {
  using namespace std::chrono_literals;
  metrics::Judging judging;
  judging.stages = {{.name = "warm up",
                     .users = 10,
                     .is_warmup = true,
                     .planned = {.from = 0s, .to = 10s},
                     .held = {.from = 2s, .to = 10s},
                     .load_hash = fingerprint_of("warm up")},
                    {.name = "steady",
                     .users = 20,
                     .planned = {.from = 10s, .to = 40s},
                     .held = {.from = 12s, .to = 40s},
                     .load_hash = fingerprint_of("steady")}};
  judging.requests = {
      {.text = "POST /login", .role = plan::Role::on_start, .load_hash = fingerprint_of("login")},
      {.text = "GET /products", .role = plan::Role::task, .load_hash = fingerprint_of("list")},
      {.text = "GET /products/{{ id }}",
       .role = plan::Role::task,
       .load_hash = fingerprint_of("product")},
      {.text = "POST /carts", .role = plan::Role::task, .load_hash = fingerprint_of("cart")}};
  judging.thresholds = {sample_threshold("p95 < 200ms", plan::Metric::p95, 200e6, 14),
                        sample_threshold("error_rate < 5%", plan::Metric::error_rate, 0.05, 15)};
  return judging;
}

inline metrics::FailureSample sample_failure(const metrics::Sample& sample) {
  metrics::FailureSample failure;
  failure.at = sample.finished;
  failure.response_time = sample.response_time;
  failure.request = {.start_line = "GET http://127.0.0.1:8000/products/7 HTTP/1.1",
                     .headers = {"Accept: application/json", "Authorization: ***"},
                     .body = "",
                     .body_size = 0};
  if (sample.error == metrics::ErrorKind::timed_out) {
    failure.detail = "no whole response within 1 s";
    return failure;
  }
  if (sample.error == metrics::ErrorKind::no_user_free) {
    failure.detail =
        "all 500 users were waiting for the target: raise max_users or make the service faster";
    return failure;
  }
  failure.detail = "status 500, expected below 400";
  // What a server may send, and no report may pass on as it stands.
  failure.response = {.start_line = "500",
                      .headers = {"Content-Type: text/html"},
                      .body = "<script>alert(1)</script>\n::error::forged\x1b[2J | `a` ]]>",
                      .body_size = 56};
  return failure;
}

// Draws the samples of sample_result() and keeps what a worker would keep.
class SampleTraffic {
 public:
  SampleTraffic(const SampleOptions& options, const metrics::Judging& judging)
      : options_(options),
        judging_(judging),
        random_(options.seed),
        recorder_(judging.stages.size(), judging.requests.size()),
        collector_(judging.stages.size(), judging.requests.size()) {}

  // 60 requests a second for 40 s; logins while the users start.
  metrics::Collector& run() {
    for (std::uint32_t second = 0; second < 40; ++second) {
      if (second % 10 < 2 && second < 20) send(kLogin, second, 5);
      send(kList, second, 30);
      send(kProduct, second, 20);
      send(kCart, second, 10);
      for (int i = 0; i < 20; ++i) recorder_.record_lag(drawn(20e3, 200e3));
      collector_.add(recorder_.seal(second));
    }
    return collector_;
  }

 private:
  // Many near `shortest`, few near the end: products of numbers below one.
  Nanoseconds drawn(double shortest, double spread) {
    const double tail = random_.unit() * random_.unit() * random_.unit() * random_.unit();
    return from_seconds((shortest + spread * tail) / 1e9);
  }

  void send(std::uint32_t request, std::uint32_t second, int times) {
    for (int i = 0; i < times; ++i) record(request, second, i, times);
  }

  void keep_if_slow(const metrics::Sample& sample) {
    if (!sample.held || sample.failed()) return;
    if (!recorder_.wants_slow(sample.request_name, sample.response_time)) return;
    metrics::FailureSample slow = sample_failure(sample);
    slow.detail.clear();
    slow.response = {.start_line = "HTTP/1.1 200 OK",
                     .headers = {"Content-Type: application/json"},
                     .body = "[]",
                     .body_size = 2};
    recorder_.keep_slow(sample.request_name, std::move(slow));
  }

  void record(std::uint32_t request, std::uint32_t second, int number, int times) {
    static constexpr double kShortest[] = {30e6, 8e6, 12e6, 20e6};
    metrics::Sample sample;
    sample.request_name = request;
    sample.stage = second < 10 ? 0 : 1;
    const metrics::Interval held = judging_.stages[sample.stage].held;
    sample.finished =
        std::chrono::seconds(second) + std::chrono::milliseconds(1000) * number / times;
    sample.held = held.from <= sample.finished && sample.finished < held.to;
    const double shortest = kShortest[request] * options_.slowdown;
    sample.response_time = drawn(shortest, shortest * 12);
    sample.status = 200;
    if (options_.has_failures) fail_some(sample, number, second);
    if (options_.is_open && sample.stage == 1) open(sample, number, second);
    sample.phases.send = std::chrono::microseconds(40);
    sample.phases.receive = std::chrono::microseconds(160);
    sample.phases.wait = sample.response_time - std::chrono::microseconds(200);
    sample.bytes_sent = 180;
    sample.bytes_received = sample.status == 0 ? 0 : 2400;
    recorder_.record(sample);
    if (options_.is_open) keep_if_slow(sample);
    if (sample.failed() && recorder_.wants_failure(request, sample.error)) {
      recorder_.keep_failure(request, sample.error, sample_failure(sample));
    }
  }

  // Every tenth request waited for a user for a while; three never got one.
  static void open(metrics::Sample& sample, int number, std::uint32_t second) {
    sample.is_open = true;
    sample.service_time = sample.response_time;
    if (number % 10 == 9) sample.response_time += std::chrono::milliseconds(50);
    if (sample.request_name != kList || number != 0 || second < 37) return;
    sample.status = 0;
    sample.error = metrics::ErrorKind::no_user_free;
  }

  static void fail_some(metrics::Sample& sample, int number, std::uint32_t second) {
    if (sample.request_name == kProduct && number == 0 && second % 2 == 1) {
      sample.status = 500;
      sample.error = metrics::ErrorKind::unexpected_status;
    }
    if (sample.request_name == kCart && number == 5 && second % 8 == 3) {
      sample.status = 0;
      sample.error = metrics::ErrorKind::timed_out;
      sample.response_time = std::chrono::seconds(1);
    }
  }

  const SampleOptions& options_;
  const metrics::Judging& judging_;
  Random random_;
  metrics::Recorder recorder_;
  metrics::Collector collector_;
};

inline metrics::RunResult sample_result(const SampleOptions& options = {}) {
  using namespace std::chrono_literals;
  metrics::RunResult result;
  result.info.plan_name = "shop";
  result.info.plan_file = "configs/shop.yaml";
  result.info.target = "http://127.0.0.1:8000";
  result.info.command = "loadgate run configs/shop.yaml";
  result.info.tool_version = "0.1.0";
  result.info.commit = "0123456789abcdef0123456789abcdef01234567";
  result.info.seed = options.seed;
  result.info.workers = 1;
  result.info.started = options.started;
  result.info.length = 40s;
  result.info.environment = sample_environment(options.boot);
  result.judging = sample_judging();
  if (options.is_open) {
    metrics::StageInfo& steady = result.judging.stages[1];
    steady.load = plan::Load::rate;
    steady.rate = 60;
    steady.max_users = 500;
    steady.users = 0;
    result.health.arrivals = 1800;
    result.health.dropped = 3;
  }
  SampleTraffic(options, result.judging).run().finish(result);
  result.users = {{.at = 0s, .users = 0},
                  {.at = 2s, .users = 10},
                  {.at = 10s, .users = 10},
                  {.at = 12s, .users = 20},
                  {.at = 40s, .users = 20}};
  result.health.cpu_share = 0.12;
  result.health.busiest_worker = 0.12;
  result.health.late_share = 0.001;
  result.health.lateness_p50 = 20us;
  result.health.lateness_p99 = 140us;
  result.health.loop_lag_p99 = 180us;
  return result;
}

}  // namespace loadgate::support
