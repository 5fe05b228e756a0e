#pragma once

// A run in small form, as baselines keep it: at most 20 kB of JSON. Plain values.

#include <string>
#include <string_view>
#include <vector>

#include "metrics/run_result.h"

namespace loadgate::metrics {

struct DigestSeries {
  std::string stage;  // By name: digests outlive the plan's order.
  std::string request;
  std::string load_hash;  // Of stage and request together; unlike loads are never compared.
  std::uint64_t requests = 0, failures = 0;
  Nanoseconds p50{}, p95{}, p99{};
  double per_second = 0;
  bool is_saturated = false;
  std::vector<Nanoseconds> block_p50, block_p95;  // Of 8 s blocks of the held part.
  std::vector<std::uint64_t> block_requests;
  Histogram response_times;  // In files with coarser bins (about 1 %), to stay small.
};

struct RunDigest {
  std::string plan_name;
  std::string tool_version;
  std::string commit;
  std::string file;  // Where it was read from, for messages; not in the JSON.
  WallTime started{};
  std::uint64_t seed = 0;
  Environment environment;
  std::vector<DigestSeries> series;  // Sorted by stage, request. Held parts of judged stages.
};

// The request name under which all judged requests of a stage stand together.
inline constexpr std::string_view kAllRequests = "all requests";

RunDigest digest_of(const RunResult& result);

std::string to_json(const RunDigest& digest);
Result<RunDigest> parse_run_digest(std::string_view json);

}  // namespace loadgate::metrics
