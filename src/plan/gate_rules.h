#pragma once

// What the gate looks for and what it leaves alone; defaults of design and docs.

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace loadgate::plan {

// The smallest rise that matters, as a share of base; error_rate in points as a share.
struct Detect {
  double cpu_per_request = 0.20;
  double p50 = 0.30;
  double p95 = 0.50;
  std::optional<double> p99{};  // Nothing: it is shown, not compared.
  double error_rate = 0.01;
};

struct GateRules {
  Detect stored;
  Detect duet{.cpu_per_request = 0.10, .p50 = 0.10, .p95 = 0.20, .p99 = 0.30, .error_rate = 0.005};
  // Smaller differences never matter.
  Nanoseconds latency_floor = std::chrono::microseconds(200);
  Nanoseconds cpu_floor = std::chrono::microseconds(20);  // For each request.
  double confidence = 0.99;                               // Of the whole gate.
  std::vector<std::string> ignored_requests;              // By name.
};

// p95 bands shown in reports; they judge nothing.
struct Rating {
  Nanoseconds optimal = std::chrono::milliseconds(200);
  Nanoseconds acceptable = std::chrono::milliseconds(500);
};

}  // namespace loadgate::plan
