#pragma once

// Levels over time, as reports draw them: what was asked for and what happened, slot by
// slot, in at most about kMostSlots slots however long the run was. Plain values, any thread.
//
// The axis is the time of the run. That of a duet is time under load: the epochs that count
// stand one behind the other, an empty slot between two; what passed while builds were
// started is left out.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/verdict.h"
#include "metrics/run_result.h"

namespace loadgate::gate {

inline constexpr std::size_t kMostSlots = 600;  // About half as many as a page is wide.

// A second; nanoseconds; a share; users; a share of all cores; bytes.
enum class Charted : std::uint8_t { rate, p50, p95, p99, error_rate, users, cpu, memory };

struct Curve {
  enum class Source : std::uint8_t {
    requests,   // All that belong to tasks, warm-up and ramps included.
    asked,      // Arrivals the plan asked for; only of open stages.
    service,    // What is watched.
    machine,    // All of it.
    generator,  // loadgate's part of it.
  };
  using Levels = std::vector<std::optional<double>>;  // A slot each; nothing: not known.

  Source source = Source::requests;
  metrics::Side side = metrics::Side::head;
  std::string name{};  // Of a service.
  Levels levels{};
  // The 95 % interval that the number of requests alone leaves, by order statistics; empty
  // where levels are no quantiles.
  Levels low{}, high{};
};

// A level that measured ones are held against for a while.
struct Reference {
  metrics::Interval span;
  double limit = 0;                // Which it may not reach.
  std::optional<double> stored{};  // Of the stored runs, where the limit is theirs.
};

struct Chart {
  Charted what = Charted::rate;
  std::vector<Curve> curves;  // Base before head.
  std::vector<Reference> references;
};

// A stage, or an epoch of a duet.
struct Stretch {
  std::string name;
  metrics::Interval span;
  metrics::Interval held;  // What is judged; empty (from == to) where nothing of it is.
  bool is_warmup = false;
};

struct Timeline {
  Nanoseconds slot{};
  std::size_t slots = 0;
  std::vector<Stretch> stretches;
  std::vector<Chart> charts;  // In the order of Charted; those of which something is known.

  Nanoseconds length() const { return slot * static_cast<Nanoseconds::rep>(slots); }
};

Timeline timeline_of(const metrics::RunResult& run, const Verdict& verdict);

}  // namespace loadgate::gate
