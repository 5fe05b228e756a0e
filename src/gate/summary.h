#pragma once

// Everything reports print, worked out once: reports turn it into text and compute
// nothing. Plain values.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/distribution.h"
#include "gate/timeline.h"
#include "gate/verdict.h"
#include "metrics/failure.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

enum class Rating : std::uint8_t { none, optimal, acceptable, slow };  // none: no response times.
std::string_view name_of(Rating rating);

// One line of the table of requests; of a duet with what head did.
struct Row {
  std::string stage;    // Empty: all judged stages together.
  std::string request;  // metrics::kAllRequests for the pool.
  plan::Role role = plan::Role::task;
  bool is_judged = false;  // Numbers of held parts of judged stages; else of all that was sent.
  std::uint64_t requests = 0, failures = 0;
  double error_rate = 0;
  Nanoseconds p50{}, p95{}, p99{}, max{}, mean{};
  double per_second = 0;
  std::uint64_t bytes_received = 0;
  metrics::Phases mean_phases;  // Of each request.
  Rating rating = Rating::none;
  // From send to last byte; only of requests of open stages, where it is not the response
  // time: what was due during a stall has waited before it was sent.
  struct ServiceTimes {
    Nanoseconds p50{}, p95{}, p99{};
  };
  std::optional<ServiceTimes> service;
};

// What one watched service spent; in a duet that of each side has a row.
struct ServiceRow {
  std::string name;
  metrics::Side side = metrics::Side::head;
  bool is_judged = true;
  // Of the held parts of judged stages, of a duet of the epochs that count; nothing where it
  // was not watched all the while.
  std::optional<Nanoseconds> cpu_per_request;  // For each request, those of all roles.
  std::optional<double> cpu_share;             // Of all cores of the machine.
  // Bytes while it was watched; of a duet the epochs' means, and their largest.
  std::uint64_t memory_begin = 0, memory_end = 0, memory_max = 0;
  std::string trouble;  // Why there is nothing, or less; empty otherwise.
};

struct SlowRow {
  std::string request;
  std::vector<metrics::FailureSample> samples;  // Slowest first.
};

struct FailureRow {
  std::string request;
  std::string kind;
  std::uint64_t count = 0;
  std::vector<metrics::FailureSample> samples;
};

struct Summary {
  metrics::RunInfo info;
  std::vector<metrics::StageInfo> stages;
  metrics::Health health;
  plan::Rating rating_bands;
  Verdict verdict;
  Row total;                    // All judged requests of all judged stages.
  std::vector<Row> rows;        // By request over all judged stages, on_start and on_stop last.
  std::vector<Row> stage_rows;  // By stage and request, judged stages only.
  std::vector<FailureRow> failures;    // Most frequent first.
  std::vector<SlowRow> slowest;        // In the plan's order.
  std::vector<ServiceRow> services{};  // Base before head.
  // Of the same time as the services' CPU; nothing where the machine was not watched.
  std::optional<metrics::MachineShares> machine{};
  Timeline timeline{};
  std::vector<Distribution> distributions{};
};

Summary summarize(const metrics::RunResult& run, Verdict verdict);

}  // namespace loadgate::gate
