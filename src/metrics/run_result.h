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
#include "metrics/failure.h"
#include "metrics/tally.h"
#include "plan/gate_rules.h"
#include "plan/scenario.h"
#include "plan/stage.h"
#include "plan/threshold.h"

namespace loadgate::metrics {

// The machine, as far as it decides how fast things are. Runs are only compared where
// fingerprint() is the same.
struct Environment {
  std::string cpu_model;
  unsigned cores = 0;      // That this process may use.
  unsigned memory_gb = 0;  // Rounded to a power of two: the class, not the number.
  std::string os;          // "debian 12"
  bool in_container = false;
  std::string boot;           // Hash of the boot id: two runs of one boot share luck.
  std::string hostname_hash;  // Shown, never compared.

  std::string fingerprint() const;  // Of all but boot and hostname.
  std::string text() const;         // "AMD EPYC 7B13, 2 cores, 16 GB, debian 12, container"
};

struct RunInfo {
  std::string plan_name;
  std::string plan_file;
  std::string target;
  std::string command;  // To run it again.
  std::string tool_version;
  std::string commit;  // Of the repo around the plan, if there is one; may be empty.
  std::uint64_t seed = 0;
  unsigned workers = 0;
  WallTime started{};
  Nanoseconds length{};  // From the first user to the last answer.
  bool interrupted = false;
  std::string aborted;  // The abort threshold that ended it, as a sentence; else empty.
  Environment environment;
};

// A span of the run, since its start.
struct Interval {
  Nanoseconds from{}, to{};
  Nanoseconds length() const { return to - from; }
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

enum class Side : std::uint8_t { head, base };  // Outside a duet all is head.

struct SeriesKey {
  Side side = Side::head;
  std::uint16_t stage = 0;
  std::uint32_t request_name = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 looks into the generated code.
  auto operator<=>(const SeriesKey&) const = default;
};

// A stretch of time of one series, ramps and warm-up included, by moment of finishing.
struct Window {
  std::uint32_t index = 0;  // Times RunResult::window_width gives its start.
  std::uint64_t requests = 0, failures = 0;
  Histogram::Packed response_times;
};

struct Series {
  SeriesKey key;
  Tally all;                    // The whole stage.
  Tally held;                   // Its held part: what is judged.
  std::vector<Window> windows;  // Rising; windows without requests are left out.
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

struct RunResult {
  RunInfo info;
  Judging judging;
  Nanoseconds window_width = std::chrono::seconds(1);
  std::vector<Series> series;          // Sorted by key.
  std::vector<FailureGroup> failures;  // Sorted by request name, then kind.
  std::vector<SlowGroup> slowest;      // Sorted by request name.
  std::vector<UsersPoint> users;
  Health health;
};

// JSON text, keys sorted, the same bytes for the same value. parse refuses other
// formats, newer versions and anything damaged, naming the field.
std::string to_json(const RunResult& result);
Result<RunResult> parse_run_result(std::string_view json);

}  // namespace loadgate::metrics
