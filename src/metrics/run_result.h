#pragma once

// Everything a finished run knows. Whatever comes after it (verdict, reports) is a
// pure function of it: no plan, no clock, no machine is asked again. Plain values;
// docs/result.md describes the JSON form field by field.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "metrics/duet.h"
#include "metrics/environment.h"
#include "metrics/failure.h"
#include "metrics/resource_use.h"
#include "metrics/run_digest.h"
#include "metrics/series.h"
#include "plan/gate_rules.h"
#include "plan/scenario.h"
#include "plan/stage.h"
#include "plan/threshold.h"

namespace loadgate::metrics {

struct RunInfo {
  std::string plan_name;
  std::string plan_file;
  std::string target;
  std::string command;  // To run it again.
  std::string tool_version;
  std::string commit;       // Of the repo around the plan, if there is one; may be empty.
  std::string plan_text{};  // As written, secrets masked.
  std::uint64_t seed = 0;
  unsigned workers = 0;
  WallTime started{};
  Nanoseconds length{};  // From the first user to the last answer.
  bool interrupted = false;
  std::string aborted;  // The abort threshold that ended it, as a sentence; else empty.
  Environment environment;
};

struct StageInfo {
  std::string name;
  unsigned users = 0;  // Of a stage in users.
  bool is_warmup = false;
  Interval planned;
  Interval held;  // Cut where the run ended early; empty (from == to) when nothing was held.
  bool is_saturated = false;  // No scenario waits: throughput says what the service can do.
  std::string load_hash;      // Of everything about the stage that makes the load what it is.
  plan::Load load = plan::Load::users;
  double rate = 0;         // Of a stage in rate: iterations a second.
  unsigned max_users = 0;  // Of a stage in rate: the pool's limit.
  bool is_judged() const { return !is_warmup && held.length().count() > 0; }
};

// What the gate needs beside numbers, so that a stored result is judged without its plan.
struct Judging {
  std::vector<StageInfo> stages;
  std::vector<plan::RequestName> requests;
  std::vector<plan::Threshold> thresholds;
  plan::GateRules gate;
  plan::Rating rating;
};

struct UsersPoint {
  Nanoseconds at{};
  unsigned users = 0;
};

// How the generator itself did.
struct Health {
  double cpu_share = 0;       // Of the workers' cores while the load was on, 0 to 1.
  double busiest_worker = 0;  // The same for the busiest worker alone.
  double late_share = 0;      // Of sends: later than max(10 ms, 1 % of the mean gap) after due.
  // Of requests with a moment of their own (arrivals, and after a rest): from it to send.
  Nanoseconds lateness_p50{}, lateness_p99{};
  Nanoseconds loop_lag_p99{};    // From an event being ready to its handling.
  std::uint64_t reconnects = 0;  // Requests libcurl sent again on a new connection.
  double steal_share = 0;        // Of the machine's CPU time, taken by other guests.
  // Each a reason why there is no verdict, with what to do. Empty: the run is valid.
  std::vector<std::string> invalid;
  std::vector<std::string> warnings;
  std::uint64_t arrivals = 0;  // Iterations that were due in open stages.
  std::uint64_t dropped = 0;   // Those of them that no user was free for.
};

// A comparison by its names.
struct Suspect {
  std::string stage, request, metric;
};

struct RunResult {
  RunInfo info;
  Judging judging;
  Nanoseconds window_width = std::chrono::seconds(1);
  std::vector<Series> series;          // Sorted by key.
  std::vector<FailureGroup> failures;  // Sorted by request name, then kind.
  std::vector<SlowGroup> slowest;      // Sorted by request name.
  std::vector<UsersPoint> users;
  Health health;
  std::vector<ResourceUse> services{};  // What was watched; of a duet in its epochs.
  MachineUse machine{};                 // The same.
  std::optional<Control> control_before{}, control_after{};  // The start, the stop of the service.
  // Runs right before this one that the verdict hears too: a regression against stored
  // runs must be found in each of them.
  std::vector<RunDigest> earlier{};
  // What a run on another machine found worse. Where there is such a list, a comparison
  // with stored runs judges these alone and shows the others.
  std::optional<std::vector<Suspect>> suspects{};
  // Of a duet, whose `series`, `failures` and `slowest` are those of its epochs together.
  std::optional<Duet> duet{};
};

// How long the held part of a stage was; of a duet, of all epochs that count together.
// REQUIRES: stage < judging.stages.size().
Nanoseconds held_length(const RunResult& result, std::size_t stage);

// JSON text, keys sorted, the same bytes for the same value. parse refuses other
// formats, newer versions and anything damaged, naming the field.
std::string to_json(const RunResult& result);
Result<RunResult> parse_run_result(std::string_view json);

}  // namespace loadgate::metrics
