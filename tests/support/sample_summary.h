#pragma once

// Finished runs as reports get them, built by hand: every number is written here, so
// that the golden texts change only when a report does.

#include <chrono>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gate/summary.h"
#include "metrics/run_digest.h"
#include "support/sample_timeline.h"

namespace loadgate::support {

inline Nanoseconds ms(double value) { return from_seconds(value / 1e3); }

inline metrics::RunInfo sample_info() {
  metrics::RunInfo info;
  info.plan_name = "storefront";
  info.plan_file = "configs/storefront.yaml";
  info.target = "http://127.0.0.1:8000";
  info.command = "loadgate run configs/storefront.yaml --seed 42";
  info.tool_version = "0.1.0";
  info.commit = "1a2b3c4d5e6f708192a3b4c5d6e7f80910213243";
  info.seed = 42;
  info.workers = 1;
  info.started = WallTime(std::chrono::milliseconds(1795316645000));  // 2026-11-22T03:04:05Z
  info.length = ms(131'250);
  info.environment = {"AMD EPYC 7B13", 2, 16, "debian 12", true, "b00t", "h0st"};
  return info;
}

inline std::vector<metrics::StageInfo> sample_stages() {
  metrics::StageInfo warm_up{"warm up", 10, true, {ms(0), ms(10'000)}, {ms(5'000), ms(10'000)},
                             {},        {}};
  metrics::StageInfo peak{"peak", 100, false, {ms(10'000), ms(70'000)}, {ms(20'000), ms(70'000)},
                          {},     {}};
  metrics::StageInfo spike{
      "spike", 500, false, {ms(70'000), ms(130'000)}, {ms(70'000), ms(130'000)}, {}, {}};
  spike.is_saturated = true;
  return {warm_up, peak, spike};
}

inline gate::Row sample_row(std::string request, std::uint64_t requests, std::uint64_t failures,
                            double p50_ms, gate::Rating rating) {
  gate::Row row;
  row.request = std::move(request);
  row.is_judged = true;
  row.requests = requests;
  row.failures = failures;
  row.error_rate =
      requests == 0 ? 0 : static_cast<double>(failures) / static_cast<double>(requests);
  row.p50 = ms(p50_ms);
  row.p95 = ms(p50_ms * 2.9);
  row.p99 = ms(p50_ms * 4.7);
  row.max = ms(p50_ms * 15.5);
  row.mean = ms(p50_ms * 1.2);
  row.per_second = static_cast<double>(requests) / 110;
  row.bytes_received = requests * 2'310;
  row.mean_phases = {ms(0.01), ms(0.12), ms(0), ms(0.05), ms(p50_ms * 0.9), ms(p50_ms * 0.2)};
  row.rating = rating;
  return row;
}

inline std::vector<gate::Row> sample_rows() {
  std::vector<gate::Row> rows = {
      sample_row("GET /store/carts/{{ cart_id }}/", 4'103, 0, 22.4, gate::Rating::optimal),
      sample_row("GET /store/products/", 8'211, 14, 8.1, gate::Rating::optimal),
      sample_row("GET /store/products/:id", 16'422, 0, 91.7, gate::Rating::acceptable),
      sample_row("POST /store/carts/{{ cart_id }}/items/", 4'098, 3, 181, gate::Rating::slow),
      sample_row("POST /store/carts/", 600, 0, 12.3, gate::Rating::optimal),
  };
  rows.back().role = plan::Role::on_start;
  rows.back().is_judged = false;
  return rows;
}

inline gate::FailureRow sample_failures() {
  metrics::FailureSample sample;
  sample.at = ms(83'215);
  sample.response_time = ms(41.3);
  sample.detail = "status 500, expected below 400";
  sample.request.start_line = "GET http://127.0.0.1:8000/store/products/?collection_id=4 HTTP/1.1";
  sample.request.headers = {"Accept: application/json", "Cookie: ***"};
  sample.response.start_line = "500";
  sample.response.headers = {"Content-Type: text/html; charset=utf-8", "Server: gunicorn"};
  sample.response.body = "<h1>Server Error (500)</h1>\r\nconnection pool exhausted";
  sample.response.body_size = 20'480;
  metrics::FailureSample lost = sample;
  lost.at = ms(90'001);
  lost.detail = "the connection was closed before the response was whole";
  lost.response = {};
  return {"GET /store/products/", "unexpected status", 14, {sample, lost}};
}

inline gate::ThresholdFinding sample_threshold(std::string text, plan::Metric metric, double limit,
                                               double measured, int line) {
  gate::ThresholdFinding finding;
  finding.threshold.text = std::move(text);
  finding.threshold.metric = metric;
  finding.threshold.limit = limit;
  finding.threshold.place = {"configs/storefront.yaml", line, 5, 10};
  finding.limit = limit;
  finding.measured = measured;
  return finding;
}

inline std::vector<gate::ThresholdFinding> sample_thresholds() {
  gate::ThresholdFinding p95 =
      sample_threshold("p95 < 300ms", plan::Metric::p95, 300e6, 241.3e6, 41);
  p95.explanation = "p95 241 ms, limit 300 ms";
  gate::ThresholdFinding errors =
      sample_threshold("error_rate < 1%", plan::Metric::error_rate, 0.01, 0.000518, 42);
  errors.explanation = "error rate 0.05 %, limit 1 %";
  gate::ThresholdFinding rate = sample_threshold("requests_per_second > 100",
                                                 plan::Metric::requests_per_second, 100, 298.5, 43);
  rate.threshold.stage = rate.stage = "peak";
  rate.explanation = "298 requests a second, limit 100";
  gate::ThresholdFinding detail =
      sample_threshold("p99 < 500ms", plan::Metric::p99, 500e6, 431e6, 44);
  detail.threshold.request = "GET /store/products/:id";
  detail.threshold.stage = detail.stage = "peak";
  detail.explanation = "p99 of GET /store/products/:id 431 ms, limit 500 ms";
  return {p95, errors, rate, detail};
}

inline gate::ComparisonFinding sample_comparison(std::string request, gate::ComparedMetric metric,
                                                 double base, double head, double change) {
  gate::ComparisonFinding finding;
  finding.stage = "peak";
  finding.request = std::move(request);
  finding.metric = metric;
  finding.base = base;
  finding.head = head;
  finding.change = change;
  finding.change_low = change - 0.08;
  finding.change_high = change + 0.09;
  finding.fail_line = 0.14;
  finding.pass_line = 0.3;
  finding.p_adjusted = 0.62;
  finding.sees = 0.18;
  finding.baseline_runs = 10;
  finding.requests = 3'900;
  return finding;
}

inline std::vector<gate::ComparisonFinding> sample_comparisons() {
  using enum gate::ComparedMetric;
  std::vector<gate::ComparisonFinding> findings = {
      sample_comparison(std::string(metrics::kAllRequests), p50, 38.2e6, 39.0e6, 0.021),
      sample_comparison("GET /store/products/", p50, 8.0e6, 8.1e6, 0.0125),
      sample_comparison("GET /store/products/", p95, 23.0e6, 23.5e6, 0.0217),
      sample_comparison("GET /store/products/", error_rate, 0.0015, 0.0017, 0.0002),
      sample_comparison(std::string(metrics::kAllRequests), throughput, 301.2, 298.5, 0.009),
      sample_comparison("POST /store/carts/{{ cart_id }}/items/", p50, 171e6, 181e6, 0.058),
  };
  findings[3].change_low = -0.001;
  findings[3].change_high = 0.002;
  findings[3].fail_line = 0.005;
  findings[4].stage = "spike";
  findings[5].weight = gate::Weight::watched;
  gate::ComparisonFinding rare =
      sample_comparison("GET /store/carts/{{ cart_id }}/", p95, 60e6, 65e6, 0.083);
  rare.weight = gate::Weight::shown;
  rare.outcome = gate::Outcome::inconclusive;
  rare.cause = gate::Cause::too_few_requests;
  rare.requests = 41;
  rare.explanation =
      "p95 of GET /store/carts/{{ cart_id }}/ has too few requests in the stored runs to say "
      "anything.";
  findings.push_back(rare);
  return findings;
}

inline gate::BaselineInfo sample_baseline() {
  gate::BaselineInfo baseline;
  baseline.folder = "baselines/storefront";
  baseline.runs_found = 12;
  baseline.runs_matching = 10;
  baseline.units = 8;
  baseline.oldest = "2026-11-01T02:11:40Z";
  baseline.newest = "2026-11-20T02:10:12Z";
  baseline.commits = {"9f8e7d6c5b4a39281706f5e4d3c2b1a098765432",
                      "8e7d6c5b4a39281706f5e4d3c2b1a09876543211",
                      "7d6c5b4a39281706f5e4d3c2b1a0987654321100", "6c5b4a3", "5b4a392"};
  return baseline;
}

inline gate::ServiceRow sample_service(std::string name, metrics::Side side, double cpu_ms) {
  gate::ServiceRow row;
  row.name = std::move(name);
  row.side = side;
  row.cpu_per_request = ms(cpu_ms);
  row.cpu_share = cpu_ms / 20;
  row.memory_begin = 84'000'000;
  row.memory_end = 92'500'000;
  row.memory_max = 97'000'000;
  return row;
}

inline gate::Summary passed_summary() {
  gate::Summary summary;
  summary.info = sample_info();
  summary.stages = sample_stages();
  summary.health = {0.31, 0.31, 0.0004, ms(0.02), ms(0.9), ms(0.21), 3, 0.002, {}, {}, 0, 0};
  summary.verdict.conclusion = gate::Conclusion::passed;
  summary.verdict.sentence = "Passed: 4 thresholds held, no regression against 10 baseline runs.";
  summary.verdict.thresholds = sample_thresholds();
  summary.verdict.comparisons = sample_comparisons();
  summary.verdict.baseline = sample_baseline();
  summary.rows = sample_rows();
  summary.total =
      sample_row(std::string(metrics::kAllRequests), 32'834, 17, 39, gate::Rating::optimal);
  for (const char* stage : {"peak", "spike"}) {
    for (gate::Row row : summary.rows) {
      if (!row.is_judged) continue;
      row.stage = stage;
      row.requests /= 2;
      row.failures /= 2;
      summary.stage_rows.push_back(std::move(row));
    }
  }
  summary.failures = {sample_failures()};
  summary.services = {sample_service("service", metrics::Side::head, 6.2),
                      sample_service("db", metrics::Side::head, 1.9)};
  summary.services[1].is_judged = false;
  summary.machine = metrics::MachineShares{0.61, 0.002, 0.14, 0.09};
  summary.timeline = sample_timeline();
  summary.distributions = sample_distributions();
  return summary;
}

// A run at a rate, with a stall in it.
inline gate::Summary open_summary() {
  gate::Summary summary = passed_summary();
  summary.stages[2].users = 0;
  summary.stages[2].load = plan::Load::rate;
  summary.stages[2].rate = 250;
  summary.stages[2].max_users = 1'000;
  summary.health.arrivals = 15'000;
  summary.health.dropped = 12;
  summary.rows[0].service = {ms(7.9), ms(22.6), ms(24.1)};
  summary.rows[0].p99 = ms(1'940);
  metrics::FailureSample slow = sample_failures().samples.front();
  slow.detail.clear();
  slow.response_time = ms(2'004);
  slow.response.start_line = "HTTP/1.1 200 OK";
  summary.slowest = {{"GET /store/products/", {slow}}};
  metrics::FailureSample unsent;
  unsent.at = ms(71'500);
  unsent.detail = "all 1000 users were waiting for the target";
  summary.failures.push_back({"GET /store/products/", "no user free", 12, {unsent}});
  return summary;
}

inline gate::Summary regression_summary() {
  gate::Summary summary = passed_summary();
  summary.timeline = sample_slower_timeline();
  summary.verdict.conclusion = gate::Conclusion::regression;
  summary.verdict.sentence =
      "Regression: p50 of GET /store/products/ rose from 8.10 ms to 21.1 ms (×2.6), and 1 more.";
  gate::ComparisonFinding worse =
      sample_comparison("GET /store/products/", gate::ComparedMetric::p50, 8.1e6, 21.1e6, 1.605);
  worse.outcome = gate::Outcome::fail;
  worse.change_low = 1.41;
  worse.change_high = 1.83;
  worse.p_adjusted = 0.00004;
  worse.explanation =
      "p50 of GET /store/products/ rose from 8.10 ms to 21.1 ms (×2.6, limit ×1.14).";
  gate::ComparisonFinding errors = sample_comparison(
      "GET /store/products/", gate::ComparedMetric::error_rate, 0.001, 0.021, 0.02);
  errors.outcome = gate::Outcome::fail;
  errors.change_low = 0.012;
  errors.change_high = 0.031;
  errors.fail_line = 0.005;
  errors.p_adjusted = 0.0021;
  errors.explanation =
      "error rate of GET /store/products/ rose from 0.10 % to 2.1 % (+2 points, limit +0.5 "
      "points).";
  gate::ComparisonFinding noisy =
      sample_comparison("GET /store/products/:id", gate::ComparedMetric::p95, 250e6, 301e6, 0.204);
  noisy.outcome = gate::Outcome::inconclusive;
  noisy.cause = gate::Cause::too_noisy;
  noisy.change_low = -0.07;
  noisy.change_high = 0.56;
  noisy.sees = 0.61;
  noisy.advice = "3 more baseline runs";
  noisy.explanation =
      "p95 of GET /store/products/:id is undecided (too noisy): it rose from 250 ms to 301 ms "
      "(×1.20); "
      "this comparison sees ×1.61 and more.";
  std::vector<gate::ComparisonFinding>& all = summary.verdict.comparisons;
  all.erase(all.begin() + 1);
  all.erase(all.begin() + 2);
  all.insert(all.begin(), {worse, errors, noisy});
  return summary;
}

inline gate::Summary threshold_missed_summary() {
  gate::Summary summary = passed_summary();
  summary.verdict.conclusion = gate::Conclusion::threshold_missed;
  summary.verdict.sentence = "Threshold missed: p95 312 ms, limit 300 ms.";
  gate::ThresholdFinding& p95 = summary.verdict.thresholds[0];
  p95.outcome = gate::Outcome::fail;
  p95.measured = 312e6;
  p95.explanation = "p95 312 ms, limit 300 ms";
  gate::ThresholdFinding aborting =
      sample_threshold("error_rate < 50%", plan::Metric::error_rate, 0.5, 0.0005, 45);
  aborting.threshold.aborts = true;
  aborting.explanation = "error rate 0.05 %, limit 50 %";
  summary.verdict.thresholds.push_back(aborting);
  summary.verdict.comparisons.clear();
  summary.verdict.baseline.reset();
  return summary;
}

inline gate::Summary inconclusive_summary() {
  gate::Summary summary = passed_summary();
  summary.verdict.conclusion = gate::Conclusion::inconclusive;
  summary.verdict.sentence =
      "Inconclusive: None of the 12 stored runs comes from a machine like this one.";
  gate::ThresholdFinding relative =
      sample_threshold("p95 <= baseline + 20%", plan::Metric::p95, 0.2, 0, 46);
  relative.threshold.relative_to_baseline = true;
  relative.outcome = gate::Outcome::inconclusive;
  relative.measured.reset();
  relative.explanation = "no matching baseline run to add 20 % to";
  summary.verdict.thresholds.push_back(relative);
  summary.verdict.comparisons.clear();
  gate::BaselineInfo& baseline = *summary.verdict.baseline;
  baseline.runs_matching = baseline.units = 0;
  baseline.oldest.clear();
  baseline.newest.clear();
  baseline.commits.clear();
  baseline.note =
      "none of the 12 stored runs comes from AMD EPYC 7B13, 2 cores, 16 GB, debian 12, container; "
      "make some here with: loadgate baseline record configs/storefront.yaml --runs 5";
  return summary;
}

inline gate::Summary invalid_summary() {
  gate::Summary summary = threshold_missed_summary();
  summary.verdict.conclusion = gate::Conclusion::invalid;
  summary.verdict.sentence =
      "Invalid run: 3.1 % of the requests were sent late (limit 1 %): use fewer users, or a "
      "machine "
      "with more cores, and 1 more.";
  summary.verdict.reasons = {
      "3.1 % of the requests were sent late (limit 1 %): use fewer users, or a machine with more "
      "cores",
      "the workers spent 98 % of their cores: raise --workers"};
  summary.health.late_share = 0.031;
  summary.health.cpu_share = summary.health.busiest_worker = 0.98;
  summary.health.invalid = summary.verdict.reasons;
  summary.health.warnings = {"4 % of the machine's CPU time was taken by other guests"};
  return summary;
}

inline gate::Summary interrupted_summary() {
  gate::Summary summary = passed_summary();
  summary.info.interrupted = true;
  summary.info.length = ms(30'500);
  summary.stages[1].held.to = ms(30'500);
  summary.stages[2].held.to = summary.stages[2].held.from;
  summary.verdict.conclusion = gate::Conclusion::interrupted;
  summary.verdict.sentence = "Interrupted after 30s: until then 4 of 4 thresholds held.";
  summary.verdict.comparisons.clear();
  summary.verdict.baseline.reset();
  return summary;
}

// Thresholds there are none, a baseline was not asked for, no request came through.
inline gate::Summary empty_summary() {
  gate::Summary summary;
  summary.info = sample_info();
  summary.stages = sample_stages();
  summary.total.request = metrics::kAllRequests;
  summary.verdict.sentence = "Passed, but nothing was judged: no threshold and no baseline.";
  return summary;
}

// Everything a server, an environment or a plan could try on a report.
inline const std::string& hostile_text() {
  using namespace std::string_literals;
  static const std::string text =
      "<script>alert(1)</script>]]>&amp;\"'`--><!--\x1b[31mred\x1b]0;title\x07\r\n"
      "::error::forged\0nul\x80\xff\xc3 \xe2\x80\xaereversed\xe2\x80\xac {{{css}}} {{#rows}} "
      "\xef\xbf\xbe\xc2\x9b"s;
  return text;
}

inline gate::Summary hostile_summary() {
  const std::string& hostile = hostile_text();
  const std::string long_text = hostile + std::string(1'000'000, 'x');
  gate::Summary summary = regression_summary();
  summary.info.plan_name = hostile;
  summary.info.plan_file = hostile;
  summary.info.target = hostile;
  summary.info.commit = hostile;
  summary.info.environment.cpu_model = hostile;
  summary.stages[1].name = hostile;
  summary.verdict.sentence = long_text;
  summary.verdict.reasons = {long_text};
  summary.health.warnings = {hostile};
  summary.verdict.baseline->folder = hostile;
  summary.verdict.baseline->commits = {hostile};
  summary.verdict.baseline->note = hostile;
  for (gate::ThresholdFinding& finding : summary.verdict.thresholds) {
    finding.threshold.request = finding.threshold.text = long_text;
    finding.threshold.place.file = hostile;
    finding.explanation = long_text;
    finding.outcome = gate::Outcome::inconclusive;
  }
  for (gate::ComparisonFinding& finding : summary.verdict.comparisons) {
    finding.request = long_text;
    finding.stage = finding.explanation = finding.advice = hostile;
  }
  summary.services[0].name = summary.services[0].trouble = long_text;
  summary.services[1].name = summary.services[1].trouble = hostile;
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  constexpr double kEndless = std::numeric_limits<double>::infinity();
  for (gate::Stretch& stretch : summary.timeline.stretches) stretch.name = hostile;
  for (gate::Chart& chart : summary.timeline.charts) {
    for (gate::Curve& curve : chart.curves) {
      curve.name = long_text;
      curve.levels[3] = kNone;
      curve.levels[4] = kEndless;
    }
  }
  for (gate::Distribution& one : summary.distributions) one.request = hostile;
  for (gate::Row& row : summary.rows) row.request = long_text;
  for (gate::Row& row : summary.stage_rows) row.request = row.stage = hostile;
  for (gate::FailureRow& row : summary.failures) {
    row.request = row.kind = long_text;
    for (metrics::FailureSample& sample : row.samples) {
      sample.detail = long_text;
      sample.request.start_line = sample.response.start_line = long_text;
      sample.request.headers = sample.response.headers = {long_text, hostile};
      sample.request.body = sample.response.body = long_text;
    }
  }
  return summary;
}

}  // namespace loadgate::support
