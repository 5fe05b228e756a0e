#include "gate/timeline.h"

#include <algorithm>
#include <utility>

#include "gate/timeline_axis.h"
#include "metrics/run_digest.h"

namespace loadgate::gate {
namespace {

// Points tell how many there are from then on.
void draw_users(const metrics::RunResult& run, const Axis& axis, Draft& draft) {
  if (run.duet || run.users.empty() || axis.laps.empty()) return;
  const Lap& lap = axis.laps.front();
  for (std::size_t index = 0; index < lap.slots; ++index) {
    const Nanoseconds end = axis.span_of(lap, index).to;
    const auto after = std::ranges::upper_bound(run.users, end, {}, &metrics::UsersPoint::at);
    if (after == run.users.begin()) continue;
    draft.set({Charted::users, Curve::Source::requests}, index, (after - 1)->users);
  }
}

metrics::Interval clipped(metrics::Interval span, Nanoseconds end) {
  const Nanoseconds from = std::min(span.from, end);
  return {from, std::clamp(span.to, from, end)};
}

metrics::Interval shifted(metrics::Interval span, Nanoseconds by) {
  return {span.from + by, span.to + by};
}

std::vector<Stretch> stretches_of_duet(const Axis& axis) {
  std::vector<Stretch> stretches;
  for (const Lap& lap : axis.laps) {
    Stretch stretch = lap.stretch;
    stretch.span = shifted(stretch.span, axis.start_of(lap));
    stretch.held = shifted(clipped(lap.stretch.held, lap.length), axis.start_of(lap));
    stretches.push_back(std::move(stretch));
  }
  return stretches;
}

std::vector<Stretch> stretches_of(const metrics::RunResult& run, const Axis& axis) {
  if (run.duet) return stretches_of_duet(axis);
  std::vector<Stretch> stretches;
  for (const metrics::StageInfo& stage : run.judging.stages) {
    const metrics::Interval span = clipped(stage.planned, run.info.length);
    if (span.length().count() <= 0) continue;  // The run ended before.
    const metrics::Interval none{span.from, span.from};
    const metrics::Interval held = stage.is_judged() ? clipped(stage.held, span.to) : none;
    stretches.push_back({stage.name, span, held, stage.is_warmup});
  }
  return stretches;
}

std::optional<Charted> charted(plan::Metric metric) {
  switch (metric) {
    case plan::Metric::p50:
      return Charted::p50;
    case plan::Metric::p95:
      return Charted::p95;
    case plan::Metric::p99:
      return Charted::p99;
    case plan::Metric::error_rate:
      return Charted::error_rate;
    case plan::Metric::requests_per_second:
      return Charted::rate;
    default:
      return std::nullopt;
  }
}

std::optional<Charted> charted(ComparedMetric metric) {
  switch (metric) {
    case ComparedMetric::p50:
      return Charted::p50;
    case ComparedMetric::p95:
      return Charted::p95;
    case ComparedMetric::p99:
      return Charted::p99;
    case ComparedMetric::error_rate:
      return Charted::error_rate;
    case ComparedMetric::throughput:
      return Charted::rate;
    case ComparedMetric::cpu_per_request:
      break;  // A time, not a share.
  }
  return std::nullopt;
}

class References {
 public:
  References(const Verdict& verdict, Timeline& timeline) : verdict_(verdict), timeline_(timeline) {}

  void add() {
    for (const ThresholdFinding& finding : verdict_.thresholds) add(finding);
    if (verdict_.duet) return;  // Base is drawn itself.
    for (const ComparisonFinding& finding : verdict_.comparisons) add(finding);
  }

 private:
  void add(const ThresholdFinding& finding) {
    const plan::Threshold& threshold = finding.threshold;
    const bool is_unknown =
        threshold.relative_to_baseline && finding.outcome == Outcome::inconclusive;
    if (is_unknown || !threshold.request.empty()) return;
    put(charted(threshold.metric), threshold.stage, {{}, finding.limit, {}});
  }

  void add(const ComparisonFinding& finding) {
    const bool is_known = finding.weight != Weight::shown && finding.base > 0;
    if (!is_known || finding.request != metrics::kAllRequests) return;
    put(charted(finding.metric), finding.stage,
        {{}, level_at(finding, finding.fail_line), finding.base});
  }

  // Where the stage is held; all of them where none is named. A duet has but one.
  void put(std::optional<Charted> what, const std::string& stage, Reference reference) {
    if (!what) return;
    const auto chart = std::ranges::find(timeline_.charts, *what, &Chart::what);
    if (chart == timeline_.charts.end()) return;
    for (const Stretch& stretch : timeline_.stretches) {
      const bool is_meant = stage.empty() || verdict_.duet || stretch.name == stage;
      if (!is_meant || stretch.held.length().count() <= 0) continue;
      reference.span = stretch.held;
      chart->references.push_back(reference);
    }
  }

  const Verdict& verdict_;
  Timeline& timeline_;
};

}  // namespace

Timeline timeline_of(const metrics::RunResult& run, const Verdict& verdict) {
  const Axis axis = axis_of(run);
  Draft draft(axis.slots);
  draw_requests(run, axis, draft);
  draw_users(run, axis, draft);
  draw_use(run, axis, draft);
  Timeline timeline{axis.slot, axis.slots, stretches_of(run, axis), draft.take()};
  References(verdict, timeline).add();
  return timeline;
}

}  // namespace loadgate::gate
