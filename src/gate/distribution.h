#pragma once

// How response times were spread, in bins equally wide on a logarithmic axis, and how many
// of them the plan's rating calls what. Of held parts of judged stages. Plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/run_result.h"

namespace loadgate::gate {

inline constexpr std::size_t kDistributionBins = 72;

struct Distribution {
  struct Shape {
    metrics::Side side = metrics::Side::head;
    std::uint64_t requests = 0;  // That had a response time.
    std::vector<double> shares;  // Of them, in each bin.
    Nanoseconds p50{}, p95{}, p99{};
  };
  std::string request;              // metrics::kAllRequests for the pool.
  Nanoseconds lowest{}, highest{};  // Where the axis begins and ends; above zero.
  std::vector<Shape> shapes;        // Base before head.
  // Shares of head's.
  double optimal = 0, acceptable = 0, slow = 0;
};

// The pool first, then each request name in the plan's order, where there are more than one;
// some tens at most.
std::vector<Distribution> distributions_of(const metrics::RunResult& run);

}  // namespace loadgate::gate
