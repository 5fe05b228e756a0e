#pragma once

// What the gate found and what it decided: values that reports print, results store
// and exit codes follow. docs/verdict.md explains them to users.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "plan/threshold.h"

namespace loadgate::gate {

enum class Outcome : std::uint8_t { pass, fail, inconclusive };
std::string_view name_of(Outcome outcome);

// One threshold of the plan, judged.
struct ThresholdFinding {
  plan::Threshold threshold;
  Outcome outcome = Outcome::pass;
  std::optional<double> measured;  // In the metric's unit; nothing where no request counted.
  double limit = 0;                // Absolute: a baseline-relative one is worked out.
  std::string stage;               // Where it was judged, for grouping; empty: over all stages.
  std::string explanation;         // "p95 241 ms, limit 200 ms"; one sentence, no newline.
};

// What is compared. Times in nanoseconds.
enum class ComparedMetric : std::uint8_t { cpu_per_request, p50, p95, p99, error_rate, throughput };
std::string_view name_of(ComparedMetric metric);    // "p50", …, "throughput"
std::string_view words_for(ComparedMetric metric);  // "error rate", "CPU per request"
bool is_latency(ComparedMetric metric);  // A percentile, which what else the machine does moves.
bool is_time(ComparedMetric metric);     // Its levels are nanoseconds: a latency, or CPU.

enum class Weight : std::uint8_t {
  deciding,  // Must pass for the gate to pass.
  watched,   // Can fail the gate, never blocks a pass.
  shown,     // Too few requests or no stored run to say anything; printed only, inconclusive.
};
std::string_view name_of(Weight weight);

enum class Cause : std::uint8_t {
  none,
  too_noisy,
  too_few_requests,
  no_matching_baseline,
  environment,
  not_confirmed,    // It failed in one run and not in the one right before or after it.
  only_head_knows,  // Base does not answer this request at all.
  neither_answers,  // Neither build answers it as expected.
};
std::string_view name_of(Cause cause);  // "too noisy", …

// One metric of one request name in one stage, against the baseline.
struct ComparisonFinding {
  std::string stage;
  std::string request;  // metrics::kAllRequests for the pool.
  ComparedMetric metric = ComparedMetric::p50;
  Weight weight = Weight::deciding;
  Outcome outcome = Outcome::pass;
  Cause cause = Cause::none;
  double base = 0;  // The baseline's level, in the metric's unit.
  double head = 0;
  // The change as head relative to base, worse is positive for every metric: 0.2 is
  // 20 % slower, 20 % less throughput, or for error_rate 0.2 (20 points) more.
  double change = 0;
  double change_low = 0, change_high = 0;  // Its two-sided 95 % interval.
  double fail_line = 0, pass_line = 0;     // In the same unit as `change`.
  double p_adjusted = 1;                   // After Holm.
  double sees = 0;                         // The smallest change this comparison could have failed.
  int baseline_runs = 0;                   // Of a stored baseline.
  int epochs = 0;                          // Of a duet.
  std::uint64_t requests = 0;              // Of the head run.
  std::string explanation;  // "p50 of GET /products rose from 8.1 ms to 21 ms (×2.6, limit ×1.15)"
  std::string advice;       // What would settle an inconclusive one: "3 more baseline runs".
};

// The level of head that a change of a finding stands for.
double level_at(const ComparisonFinding& finding, double change);

// What was compared with.
struct BaselineInfo {
  std::string folder;
  int runs_found = 0;     // Readable ones of this plan.
  int runs_matching = 0;  // Of this environment.
  int units = 0;          // K: boots, or runs where all are of the head run's boot.
  bool is_same_boot = false;
  std::string oldest, newest;        // ISO dates of the matching ones.
  std::vector<std::string> commits;  // Of the matching ones, newest first, without repeats.
  std::string note;  // Why nothing could be compared, and the way out; empty otherwise.
  std::vector<std::string> remarks{};  // What readers should know; a sentence each.
};

// One comparison as one look of a duet saw it.
struct Looked {
  std::string request;
  ComparedMetric metric = ComparedMetric::p50;
  double estimate = 0, error = 0, degrees = 0;  // On the scale of the test.
  double p = 1, p_adjusted = 1;
  Outcome outcome = Outcome::inconclusive;
};

// All comparisons after so many epochs.
struct Look {
  int epochs = 0;
  double level = 0;  // Of significance, this look's share of the gate's.
  std::vector<Looked> comparisons;
};

// What a duet came to.
struct DuetInfo {
  std::string base, head;
  double rate = 0;        // For each side, iterations a second.
  int epochs = 0;         // That count.
  int spoilt = 0;         // That do not.
  int most_epochs = 0;    // Planned at most.
  bool is_fixed = false;  // The user asked for exactly so many.
  bool restarts = true;
  Nanoseconds epoch_length{};
  Nanoseconds length{};  // Of all epochs, starts included.
  std::vector<Look> looks;
  std::vector<std::string> remarks;      // What readers should know; a sentence each.
  std::string base_died{}, head_died{};  // Why a side is gone; empty while it is well.
};

enum class Conclusion : std::uint8_t {
  passed,
  regression,
  threshold_missed,
  invalid,
  inconclusive,
  interrupted,
};
std::string_view name_of(Conclusion conclusion);  // "passed", "threshold missed", …

struct Verdict {
  Conclusion conclusion = Conclusion::passed;
  std::string sentence;                        // The whole verdict in one sentence.
  std::vector<ThresholdFinding> thresholds;    // In the plan's order.
  std::vector<ComparisonFinding> comparisons;  // Fails first, then by weight, stage, request.
  std::optional<BaselineInfo> baseline;        // Nothing where no baseline was asked for.
  std::optional<DuetInfo> duet{};              // Only of a duet.
  std::vector<std::string> reasons;            // Of an invalid run, each with what to do.
};

std::string to_json(const Verdict& verdict);
Result<Verdict> parse_verdict(std::string_view json);

}  // namespace loadgate::gate
