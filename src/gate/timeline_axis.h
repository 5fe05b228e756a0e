#pragma once

// What a timeline is made of: the laps of which its axis consists, and the curves while
// they are drawn. Inside gate only.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gate/timeline.h"

namespace loadgate::gate {

// A stretch of measuring with a time of its own: a run, or an epoch of a duet.
struct Lap {
  struct Side {
    metrics::Side side = metrics::Side::head;
    const std::vector<metrics::Series>* series = nullptr;
    std::vector<const metrics::ResourceUse*> uses{};
  };
  std::size_t first = 0;  // The slot of the axis at which it begins.
  std::size_t slots = 0;
  Nanoseconds length{};
  std::vector<Side> sides{};
  const metrics::MachineUse* machine = nullptr;
  Stretch stretch{};  // Of an epoch; times within the lap.
};

struct Axis {
  Nanoseconds slot{};
  std::uint32_t windows = 1;  // That one slot takes.
  std::size_t slots = 0;
  std::vector<Lap> laps;

  Nanoseconds start_of(const Lap& lap) const {
    return slot * static_cast<Nanoseconds::rep>(lap.first);
  }
  // Of a lap's slot number `index`, within the lap; shorter where the lap ends in it.
  metrics::Interval span_of(const Lap& lap, std::size_t index) const;
  // Too short to say how much happened in a second.
  bool is_stub(const Lap& lap, std::size_t index) const;
};

// No slots where nothing was run.
Axis axis_of(const metrics::RunResult& run);

class Draft {
 public:
  explicit Draft(std::size_t slots) : slots_(slots) {}

  struct Key {
    Charted what;
    Curve::Source source;
    metrics::Side side = metrics::Side::head;
    std::string name{};
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 looks into the generated code.
    auto operator<=>(const Key&) const = default;
  };
  // Nothing is known of it at first.
  Curve& curve(const Key& key);
  void set(const Key& key, std::size_t slot, double level) { curve(key).levels[slot] = level; }

  // Base before head; curves without a level are left out.
  std::vector<Chart> take();

 private:
  std::size_t slots_;
  std::map<Key, Curve> curves_;
};

// Rate, quantiles and failures, and the rate that was asked for.
void draw_requests(const metrics::RunResult& run, const Axis& axis, Draft& draft);
// CPU and memory of services, the machine and loadgate.
void draw_use(const metrics::RunResult& run, const Axis& axis, Draft& draft);

}  // namespace loadgate::gate
