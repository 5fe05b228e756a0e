#pragma once

// A run in small form, as baselines keep it: at most 20 kB of JSON. Plain values.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "metrics/environment.h"
#include "metrics/histogram.h"
#include "metrics/resource_use.h"

namespace loadgate::metrics {

struct RunResult;

struct DigestSeries {
  std::string stage;  // By name: digests outlive the plan's order.
  std::string request;
  std::string was{};      // The request's name in older runs; empty: the same. Not in the JSON.
  std::string load_hash;  // Of stage and request together; unlike loads are never compared.
  std::uint64_t requests = 0, failures = 0;
  Nanoseconds p50{}, p95{}, p99{};
  // Of a typical second (metrics/typical_level.h); nothing in older files.
  std::optional<Nanoseconds> typical_p50{}, typical_p95{};
  double per_second = 0;
  bool is_saturated = false;
  // CPU time of the services that are judged for each request of the stage; only of all
  // requests together, and where they were watched.
  std::optional<Nanoseconds> cpu_per_request{};
  // What loadgate itself spent of CPU time, and how many bytes it sent and received, for each
  // request of the stage; the same.
  std::optional<Nanoseconds> generator_cpu_per_request{};
  double bytes_per_request = 0;
  Histogram response_times;  // In bins of about 1 % (where they spread widely, 2 % and more).
};

struct RunDigest {
  std::string plan_name;
  std::string tool_version;
  std::string commit;
  std::string file;  // Where it was read from, for messages; not in the JSON.
  WallTime started{};
  std::uint64_t seed = 0;
  Environment environment;
  std::optional<Control> control_before{}, control_after{};
  double steal_share = 0;            // Of the machine's CPU time, taken by other guests.
  std::optional<double> pressure{};  // Of held time: some task waited for a CPU.
  std::string accepted{};  // Why a slower level was accepted (`baseline add --accept`); else empty.
  std::vector<DigestSeries> series;  // Sorted by stage, request. Held parts of judged stages.
};

// The request name under which all judged requests of a stage stand together.
inline constexpr std::string_view kAllRequests = "all requests";

// Series of tasks that were requested in the held part of a judged stage, each alone
// and all of a stage together.
RunDigest digest_of(const RunResult& result);

std::string to_json(const RunDigest& digest);
Result<RunDigest> parse_run_digest(std::string_view json);

}  // namespace loadgate::metrics
