#pragma once

// Finished duets as reports get them, built by hand as those of sample_summary.h.

#include <string>
#include <utility>
#include <vector>

#include "gate/summary.h"
#include "support/sample_summary.h"

namespace loadgate::support {

inline gate::DuetInfo sample_duet_info() {
  gate::DuetInfo duet;
  duet.base = "main (3f2a9c1)";
  duet.head = "the working tree";
  duet.rate = 120;
  duet.epochs = 6;
  duet.most_epochs = 20;
  duet.epoch_length = ms(8'000);
  duet.length = ms(61'400);
  duet.looks = {{.epochs = 6, .level = 0.0025, .comparisons = {}}};
  return duet;
}

inline gate::ComparisonFinding duet_comparison(std::string request, gate::ComparedMetric metric,
                                               double base, double head, double change) {
  gate::ComparisonFinding finding =
      sample_comparison(std::move(request), metric, base, head, change);
  finding.stage = "duet";
  finding.change_low = change - 0.02;
  finding.change_high = change + 0.02;
  finding.fail_line = metric == gate::ComparedMetric::p95 ? 0.095 : 0.049;
  finding.pass_line = metric == gate::ComparedMetric::p95 ? 0.2 : 0.1;
  finding.baseline_runs = 0;
  finding.epochs = 6;
  finding.requests = 1'420;
  return finding;
}

inline gate::Summary duet_passed_summary() {
  using enum gate::ComparedMetric;
  gate::Summary summary = passed_summary();
  summary.info.command = "loadgate duet configs/storefront.yaml --base-ref main --seed 42";
  summary.info.length = ms(61'400);
  metrics::StageInfo stage{"duet", 0, false, {ms(0), ms(8'000)}, {ms(2'000), ms(8'000)}, {}, {}};
  stage.load = plan::Load::rate;
  stage.rate = 120;
  stage.max_users = 500;
  summary.stages = {stage};
  summary.stage_rows.clear();
  summary.verdict.thresholds.erase(summary.verdict.thresholds.begin() + 2,
                                   summary.verdict.thresholds.end());
  summary.verdict.baseline.reset();
  summary.verdict.duet = sample_duet_info();
  const std::string all(metrics::kAllRequests);
  summary.verdict.comparisons = {
      duet_comparison(all, cpu_per_request, 3.02e6, 3.05e6, 0.0101),
      duet_comparison(all, p50, 8.2e6, 8.3e6, 0.0122),
      duet_comparison("GET /store/products/", p50, 8.0e6, 8.1e6, 0.0125),
      duet_comparison("GET /store/products/", p95, 23.0e6, 23.5e6, 0.0217)};
  gate::ComparisonFinding fresh = duet_comparison("GET /store/deals/", p50, 0, 12e6, 0);
  fresh.weight = gate::Weight::shown;
  fresh.outcome = gate::Outcome::inconclusive;
  fresh.cause = gate::Cause::only_head_knows;
  fresh.explanation = "p50 of GET /store/deals/ is only shown: base does not answer this request.";
  summary.verdict.comparisons.push_back(fresh);
  summary.verdict.duet->remarks = {
      "Base does not answer GET /store/deals/: it is shown, not compared."};
  summary.verdict.sentence =
      "Passed: 2 thresholds held, no regression against main (3f2a9c1) in 6 epochs.";
  summary.services = {sample_service("service", metrics::Side::base, 3.02),
                      sample_service("service", metrics::Side::head, 3.05)};
  summary.timeline = sample_duet_timeline(1.01);
  summary.distributions = sample_duet_distributions(20);
  return summary;
}

inline gate::Summary duet_regression_summary() {
  gate::Summary summary = duet_passed_summary();
  summary.verdict.conclusion = gate::Conclusion::regression;
  summary.verdict.sentence =
      "Regression: CPU per request of all requests rose from 3.02 ms to 3.98 ms (×1.32), and 1 "
      "more.";
  gate::ComparisonFinding& cpu = summary.verdict.comparisons[0];
  cpu.head = 3.98e6;
  cpu.change = 0.318;
  cpu.change_low = 0.29;
  cpu.change_high = 0.35;
  cpu.p_adjusted = 0.00002;
  cpu.outcome = gate::Outcome::fail;
  cpu.explanation =
      "CPU per request of all requests rose from 3.02 ms to 3.98 ms (×1.32, limit ×1.05).";
  gate::ComparisonFinding& p50 = summary.verdict.comparisons[2];
  p50.head = 9.6e6;
  p50.change = 0.2;
  p50.change_low = 0.17;
  p50.change_high = 0.23;
  p50.p_adjusted = 0.0004;
  p50.outcome = gate::Outcome::fail;
  p50.explanation =
      "p50 of GET /store/products/ rose from 8.00 ms to 9.60 ms (×1.20, limit ×1.05).";
  std::swap(summary.verdict.comparisons[1], summary.verdict.comparisons[2]);
  summary.services[1] = sample_service("service", metrics::Side::head, 3.98);
  summary.timeline = sample_duet_timeline(1.2);
  summary.distributions = sample_duet_distributions(24);
  return summary;
}

inline gate::Summary duet_inconclusive_summary() {
  gate::Summary summary = duet_passed_summary();
  summary.verdict.conclusion = gate::Conclusion::inconclusive;
  gate::ComparisonFinding& p95 = summary.verdict.comparisons[3];
  p95.outcome = gate::Outcome::inconclusive;
  p95.cause = gate::Cause::environment;
  p95.head = 27.1e6;
  p95.change = 0.178;
  p95.change_low = -0.04;
  p95.change_high = 0.41;
  p95.sees = 0.38;
  p95.epochs = 20;
  p95.explanation =
      "p95 of GET /store/products/ is undecided (environment): it rose from 23.0 ms to 27.1 ms "
      "(×1.18); this comparison sees ×1.38 and more.";
  p95.advice = "another duet when the machine is left alone, or at a lower `duet: rate`";
  std::swap(summary.verdict.comparisons[0], summary.verdict.comparisons[3]);
  gate::DuetInfo& duet = *summary.verdict.duet;
  duet.epochs = 20;
  duet.spoilt = 1;
  duet.restarts = false;
  duet.looks = {{6, 0.0025, {}}, {10, 0.0025, {}}, {14, 0.0025, {}}, {20, 0.0025, {}}};
  duet.remarks = {"1 of 21 epochs do not count: the load generator was late.",
                  "Response times cannot pass: 24 % of the time a task waited for a CPU.",
                  "Neither side was restarted, so the luck of one start counts as 2 % of error."};
  summary.verdict.sentence =
      "Inconclusive: p95 of GET /store/products/ is undecided (environment): it rose from 23.0 ms "
      "to 27.1 ms (×1.18); this comparison sees ×1.38 and more; what would settle it: another "
      "duet when the machine is left alone, or at a lower `duet: rate`.";
  summary.services.pop_back();
  summary.services[0].cpu_per_request.reset();
  summary.services[0].cpu_share.reset();
  summary.services[0].trouble = "no process listens on port 8000";
  summary.machine->pressure = 0.24;
  return summary;
}

// Head is gone before there were enough epochs to compare anything.
inline gate::Summary duet_died_summary() {
  gate::Summary summary = duet_passed_summary();
  summary.verdict.conclusion = gate::Conclusion::regression;
  summary.verdict.sentence =
      "Regression: the head build died under load: it exited with status 137.";
  summary.verdict.comparisons.clear();
  gate::DuetInfo& duet = *summary.verdict.duet;
  duet.epochs = 2;
  duet.looks.clear();
  duet.remarks.clear();
  duet.head_died = "it exited with status 137";
  return summary;
}

}  // namespace loadgate::support
