#include "report/wording.h"

#include <gtest/gtest.h>

#include <cmath>

#include "report/console_report.h"
#include "report/report.h"
#include "support/sample_duet_summary.h"

namespace loadgate::report {
namespace {

using support::ms;

TEST(Numbers, CountsAreGroupedByThree) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1'000), "1,000");
  EXPECT_EQ(count_text(12'345'678), "12,345,678");
}

TEST(Numbers, MillisecondsHaveThreeDigits) {
  EXPECT_EQ(ms_text(ms(0.0931)), "0.093");
  EXPECT_EQ(ms_text(ms(8.104)), "8.10");
  EXPECT_EQ(ms_text(ms(41.26)), "41.3");
  EXPECT_EQ(ms_text(ms(241.3)), "241");
  EXPECT_EQ(ms_text(ms(99.97)), "100");
  EXPECT_EQ(ms_text(ms(12'340)), "12,340");
}

TEST(Numbers, RatesHaveNoExponent) {
  EXPECT_EQ(rate_text(0.0501), "0.05");
  EXPECT_EQ(rate_text(8.312), "8.31");
  EXPECT_EQ(rate_text(1'298'000), "1,298,000");
  EXPECT_EQ(rate_text(std::nan("")), "–");
}

TEST(Numbers, SecondsAreWholeWhereTheyAre) {
  EXPECT_EQ(seconds_text(ms(110'000)), "110 s");
  EXPECT_EQ(seconds_text(ms(30'500)), "30.5 s");
  EXPECT_EQ(seconds_text(ms(3'600'000)), "3,600 s");
}

TEST(Changes, AreMultiplesOfBase) {
  EXPECT_EQ(change_text(gate::ComparedMetric::p50, 0.021), "×1.02");
  EXPECT_EQ(change_text(gate::ComparedMetric::p95, 1.605), "×2.6");
  EXPECT_EQ(change_text(gate::ComparedMetric::p95, 11.2), "×12");
  EXPECT_EQ(change_text(gate::ComparedMetric::p50, -0.4), "×0.60");
}

TEST(Changes, AFifthLessThroughputIsWrittenAsLess) {
  EXPECT_EQ(change_text(gate::ComparedMetric::throughput, 0.2), "×0.80");
}

TEST(Changes, IntervalsGoFromTheLowerToTheHigherMultiple) {
  gate::ComparisonFinding finding;
  finding.change_low = -0.1;
  finding.change_high = 0.2;
  EXPECT_EQ(interval_text(finding), "×0.90 to ×1.20");
  finding.metric = gate::ComparedMetric::throughput;
  EXPECT_EQ(interval_text(finding), "×0.80 to ×1.10");
}

TEST(Changes, OfErrorRatesArePercentagePoints) {
  EXPECT_EQ(change_text(gate::ComparedMetric::error_rate, 0.02), "+2.00 pp");
  EXPECT_EQ(change_text(gate::ComparedMetric::error_rate, -0.0012), "-0.12 pp");
}

TEST(Measured, IsInTheUnitOfItsMetric) {
  using plan::Metric;
  EXPECT_EQ(value_text(Metric::p95, 241.3e6), "241 ms");
  EXPECT_EQ(value_text(Metric::error_rate, 0.005), "0.50 %");
  EXPECT_EQ(value_text(Metric::requests_per_second, 298.5), "298/s");
  EXPECT_EQ(value_text(Metric::requests, 32'834), "32,834");
}

TEST(Measured, NothingIsSaidToBeNothing) {
  gate::ThresholdFinding finding;
  EXPECT_EQ(measured_text(finding), "not measured");
}

TEST(Names, HoldTheRequestButNeverWhatWasMeasured) {
  plan::Threshold threshold;
  threshold.text = "p99 < 500ms";
  EXPECT_EQ(name_of(threshold), "p99 < 500ms");
  threshold.request = "GET /x";
  EXPECT_EQ(name_of(threshold), "p99 < 500ms of GET /x");

  gate::ComparisonFinding comparison;
  comparison.request = "GET /x";
  comparison.metric = gate::ComparedMetric::p95;
  EXPECT_EQ(name_of(comparison, Against::stored_runs), "p95 of GET /x against baseline");
  EXPECT_EQ(name_of(comparison, Against::base_build), "p95 of GET /x against base");
}

TEST(ComparedWith, NamesRunsBootsDatesCommitsAndMachine) {
  EXPECT_EQ(compared_with(support::sample_baseline(), support::sample_info().environment),
            "10 of 12 runs in baselines/storefront, 8 boots, 2026-11-01 to 2026-11-20, commits "
            "9f8e7d6c5b, 8e7d6c5b4a, 7d6c5b4a39 and 2 more, on AMD EPYC 7B13, 2 cores, 16 GB, "
            "debian 12, container");
}

TEST(ComparedWith, SaysWhenTheMachineHasNotRestarted) {
  gate::BaselineInfo baseline;
  baseline.folder = "b";
  baseline.runs_found = baseline.runs_matching = baseline.units = 1;
  baseline.is_same_boot = true;
  baseline.oldest = baseline.newest = "2026-11-01T02:00:00Z";
  baseline.commits = {"abc"};
  EXPECT_EQ(compared_with(baseline, support::sample_info().environment),
            "1 of 1 run in b, of this boot, 2026-11-01, commit abc, on AMD EPYC 7B13, 2 cores, "
            "16 GB, debian 12, container");
}

TEST(ComparedWith, SaysNoMoreWhereNothingMatches) {
  gate::BaselineInfo baseline;
  baseline.folder = "b";
  baseline.runs_found = 3;
  EXPECT_EQ(compared_with(baseline, {}), "0 of 3 runs in b");
}

TEST(Doubt, NamesCauseSightAndWayOut) {
  gate::ComparisonFinding finding;
  finding.outcome = gate::Outcome::inconclusive;
  finding.cause = gate::Cause::too_noisy;
  finding.sees = 0.61;
  finding.advice = "3 more baseline runs";
  EXPECT_EQ(doubt_text(finding),
            "too noisy; sees ×1.61 and more; would settle it: 3 more baseline runs");
  finding.outcome = gate::Outcome::pass;
  EXPECT_EQ(doubt_text(finding), "");
}

TEST(Wording, CpuIsATimeOfEachRequest) {
  EXPECT_EQ(words_for(gate::ComparedMetric::cpu_per_request), "CPU per request");
  EXPECT_EQ(level_text(gate::ComparedMetric::cpu_per_request, 3.02e6), "3.02 ms");
  EXPECT_EQ(change_text(gate::ComparedMetric::cpu_per_request, 0.318), "×1.32");
}

TEST(Wording, ADuetSaysWhatWasComparedHowOften) {
  gate::DuetInfo duet = support::sample_duet_info();
  EXPECT_EQ(compared_with(duet),
            "6 of 20 epochs of 8 s, each build started anew in each, 120/s for each side, base: "
            "main (3f2a9c1), head: the working tree");
  duet.restarts = false;
  duet.head.clear();
  EXPECT_EQ(compared_with(duet),
            "6 of 20 epochs of 8 s, both builds running all the while, 120/s for each side, base: "
            "main (3f2a9c1)");
}

TEST(Wording, ADuetThatEndedBeforeAnyEpochWasComparedWithNothing) {
  gate::DuetInfo duet = support::sample_duet_info();
  duet.epochs = duet.most_epochs = 1;
  EXPECT_TRUE(compared_with(duet).starts_with("1 of 1 epoch of 8 s, "));
  duet.epochs = duet.most_epochs = 0;
  EXPECT_EQ(compared_with(duet), "");
  gate::Summary summary = support::duet_passed_summary();
  summary.verdict.duet = duet;
  const metrics::RunResult run;
  for (const std::string& text :
       {render_console(summary, {}, {}), make_report("junit")->render({&run, &summary}),
        make_report("html")->render({&run, &summary})}) {
    EXPECT_EQ(text.find("for each side"), std::string::npos) << text;
    EXPECT_EQ(text.find("\n  .\n"), std::string::npos) << text;
  }
}

TEST(Wording, AServiceSaysWhatIsNotKnown) {
  gate::ServiceRow service = support::sample_service("db", metrics::Side::base, 1.9);
  EXPECT_EQ(name_of(service, Against::stored_runs), "db");
  EXPECT_EQ(name_of(service, Against::base_build), "db, base");
  EXPECT_EQ(use_text(service),
            "1.90 ms CPU per request, 9.5 % of the machine's CPU, memory 84.0 MB at the beginning, "
            "92.5 MB at the end, 97.0 MB at most");
  service = gate::ServiceRow();
  service.name = "db";
  service.is_judged = false;
  service.trouble = "no process of that name";
  EXPECT_EQ(name_of(service, Against::stored_runs), "db (not judged)");
  EXPECT_EQ(use_text(service),
            "– CPU per request, – of the machine's CPU, memory – at the beginning, – at the end, – "
            "at most (no process of that name)");
}

}  // namespace
}  // namespace loadgate::report
