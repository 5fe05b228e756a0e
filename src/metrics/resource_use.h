#pragma once

// What the services under test and the whole machine spent while a run went on. Plain
// values; monitor measures them, times are since the start of the run.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "metrics/series.h"

namespace loadgate::metrics {

// Rising in time; one at least every second.
struct UsePoint {
  Nanoseconds at{};
  Nanoseconds cpu{};         // Since the first point, processes that have ended included.
  std::uint64_t memory = 0;  // Bytes resident, summed over the processes.
  unsigned processes = 0;
};

struct ResourceUse {
  std::string name;       // "service" for what the plan starts; else as `watch` names it.
  bool is_judged = true;  // Its CPU counts for cpu_per_request.
  std::vector<UsePoint> points;
  std::string trouble{};  // Why there is nothing, or less; empty otherwise.
};

// The whole machine's, summed over its cores, since the first point.
struct MachinePoint {
  Nanoseconds at{};
  Nanoseconds busy{};      // Not idle, not waiting for disks, not stolen.
  Nanoseconds stolen{};    // By other guests of the host.
  Nanoseconds pressure{};  // Wall time in which some task waited for a CPU (PSI).
  Nanoseconds own{};       // loadgate's own CPU time.
};

struct MachineUse {
  unsigned cores = 0;
  std::vector<MachinePoint> points;  // Rising in time. Empty where it was not watched.
};

// How fast this machine is at something that never changes, measured while nothing else
// of ours runs; the median of many times.
struct Control {
  Nanoseconds work{};        // A fixed piece of computing on one core.
  Nanoseconds round_trip{};  // A small message over loopback, to another thread and back.
};

// CPU time spent within a span, between points linearly; nothing where the points do not
// cover it (50 ms at either end may be missing).
std::optional<Nanoseconds> cpu_within(const ResourceUse& use, Interval span);

// Of all services that are judged together; nothing where there is none, or where one of
// them does not cover the span.
std::optional<Nanoseconds> judged_cpu_within(const std::vector<ResourceUse>& services,
                                             Interval span);

// Shares of the cores' time within a span, 0 to 1 (`pressure`: of wall time); nothing where
// the points do not cover it.
struct MachineShares {
  double busy = 0, stolen = 0, pressure = 0, own = 0;
};
std::optional<MachineShares> shares_within(const MachineUse& use, Interval span);

}  // namespace loadgate::metrics
