#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "gate/timeline_axis.h"

namespace loadgate::gate {
namespace {

constexpr double kReach = 1.959964;  // Of the normal distribution's 95 %.

struct Quantile {
  Charted what;
  double share;
};
constexpr std::array<Quantile, 3> kQuantiles{
    {{Charted::p50, 0.5}, {Charted::p95, 0.95}, {Charted::p99, 0.99}}};

// What finished in one slot.
struct Finished {
  std::uint64_t requests = 0, failures = 0;
  metrics::Histogram times;

  void clear() {
    requests = failures = 0;
    times.clear();
  }
};

// The windows of the tasks of one side, one slot after the other.
class Windows {
 public:
  Windows(const Lap::Side& side, const metrics::Judging& judging) {
    for (const metrics::Series& one : *side.series) {
      const bool is_known = one.key.side == side.side && one.key.stage < judging.stages.size() &&
                            one.key.request_name < judging.requests.size();
      if (is_known && judging.requests[one.key.request_name].role == plan::Role::task) {
        places_.push_back({&one.windows, 0});
      }
    }
  }

  void take_until(std::uint64_t end, Finished& finished) {
    for (Place& place : places_) {
      for (; place.next < place.windows->size(); ++place.next) {
        const metrics::Window& window = (*place.windows)[place.next];
        if (window.index >= end) break;
        finished.requests += window.requests;
        finished.failures += window.failures;
        finished.times.merge(window.response_times);
      }
    }
  }

 private:
  struct Place {
    const std::vector<metrics::Window>* windows;
    std::size_t next;
  };
  std::vector<Place> places_;
};

// A quantile is a value of some rank; how far that rank is off by chance is binomial.
void set_quantile(const Quantile& quantile, const metrics::Histogram& times, std::size_t at,
                  Curve& curve) {
  curve.low.resize(curve.levels.size());
  curve.high.resize(curve.levels.size());
  const auto count = static_cast<double>(times.count());
  const double reach = kReach * std::sqrt(quantile.share * (1 - quantile.share) / count);
  const auto level = [&](double share) {
    return static_cast<double>(times.quantile(std::clamp(share, 0.0, 1.0)).count());
  };
  curve.levels[at] = level(quantile.share);
  curve.low[at] = level(quantile.share - reach);
  curve.high[at] = level(quantile.share + reach);
}

void set_levels(const Finished& finished, double length, bool is_stub, std::size_t at,
                metrics::Side side, Draft& draft) {
  constexpr auto kSource = Curve::Source::requests;
  const auto requests = static_cast<double>(finished.requests);
  if (!is_stub && length > 0) draft.set({Charted::rate, kSource, side}, at, requests / length);
  if (finished.requests > 0) {
    draft.set({Charted::error_rate, kSource, side}, at,
              static_cast<double>(finished.failures) / requests);
  }
  if (finished.times.empty()) return;
  for (const Quantile& quantile : kQuantiles) {
    set_quantile(quantile, finished.times, at, draft.curve({quantile.what, kSource, side}));
  }
}

void draw_side(const Lap::Side& side, const Lap& lap, const metrics::Judging& judging,
               const Axis& axis, Draft& draft) {
  Windows windows(side, judging);
  Finished finished;
  for (std::size_t index = 0; index < lap.slots; ++index) {
    // What is answered after the end belongs to the last slot.
    const std::uint64_t end = index + 1 == lap.slots ? std::numeric_limits<std::uint64_t>::max()
                                                     : (index + 1) * axis.windows;
    finished.clear();
    windows.take_until(end, finished);
    set_levels(finished, seconds(axis.span_of(lap, index).length()), axis.is_stub(lap, index),
               lap.first + index, side.side, draft);
  }
}

// Iterations a second that the plan asks for at a moment; nothing in stages of users. Pairs of
// a duet arrive at their full rate at once.
std::optional<double> asked_at(const metrics::RunResult& run, Nanoseconds at) {
  double before = 0;
  for (const metrics::StageInfo& stage : run.judging.stages) {
    const bool is_open = stage.load == plan::Load::rate;
    if (stage.planned.from <= at && at < stage.planned.to) {
      if (!is_open) return std::nullopt;
      const double ramp = seconds(stage.held.from - stage.planned.from);
      const double since = seconds(at - stage.planned.from);
      return since < ramp && !run.duet ? before + (stage.rate - before) * since / ramp : stage.rate;
    }
    before = is_open ? stage.rate : 0;
  }
  return std::nullopt;
}

void draw_asked(const metrics::RunResult& run, const Lap& lap, const Axis& axis, Draft& draft) {
  for (std::size_t index = 0; index < lap.slots; ++index) {
    const metrics::Interval span = axis.span_of(lap, index);
    const auto asked = asked_at(run, span.from + span.length() / 2);
    if (asked) draft.set({Charted::rate, Curve::Source::asked}, lap.first + index, *asked);
  }
}

}  // namespace

void draw_requests(const metrics::RunResult& run, const Axis& axis, Draft& draft) {
  for (const Lap& lap : axis.laps) {
    for (const Lap::Side& side : lap.sides) draw_side(side, lap, run.judging, axis, draft);
    draw_asked(run, lap, axis, draft);
  }
}

}  // namespace loadgate::gate
