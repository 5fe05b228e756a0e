#include "session/measure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/clock.h"
#include "monitor/control.h"
#include "monitor/watcher.h"
#include "session/run_info.h"
#include "session/secrets.h"
#include "session/service_under_test.h"
#include "session/stop_rules.h"
#include "transport/curl_transport.h"

namespace loadgate::session {
namespace {

// A run in which nothing was sent, and why.
metrics::RunResult not_run(const plan::Plan& plan, const MeasureOptions& options, Reasons reasons) {
  metrics::RunResult result;
  result.info = info_of(plan, options);
  result.judging = load::judging_of(plan);
  for (metrics::StageInfo& stage : result.judging.stages) stage.held = {};
  result.health.invalid = std::move(reasons);
  return result;
}

metrics::RunResult interrupted_before(const plan::Plan& plan, const MeasureOptions& options) {
  metrics::RunResult result = not_run(plan, options, {});
  result.info.interrupted = true;
  return result;
}

load::Options load_options(const MeasureOptions& options, const Clock& clock,
                           const transport::Options& wire) {
  load::Options load;
  load.seed = options.seed;
  load.workers = options.workers;
  load.make_transport = [wire] { return transport::make_curl_transport(wire); };
  load.clock = &clock;
  load.observer = options.observer;
  load.stop_request = options.stop_request;
  load.window_budget = options.window_budget;
  return load;
}

// The moments between which CPU time is asked for.
std::vector<Nanoseconds> held_ends(const metrics::Judging& judging) {
  std::vector<Nanoseconds> ends;
  for (const metrics::StageInfo& stage : judging.stages) {
    ends.insert(ends.end(), {stage.held.from, stage.held.to});
  }
  return ends;
}

struct Attempt {
  metrics::RunResult result;
  bool is_worth_repeating = false;  // The generator spoilt it, not the target or the user.
};

// The load itself, on a service that is open.
Attempt run_load(const plan::Plan& plan, ServiceUnderTest& service, const transport::Options& wire,
                 const MeasureOptions& options) {
  const SteadyClock clock;
  const metrics::Judging judging = load::judging_of(plan);
  StopRules rules(plan, judging);
  const TimePoint began = clock.now();
  load::Options load = load_options(options, clock, wire);
  load.stop_rule = [&](Nanoseconds elapsed,
                       const metrics::Collector& so_far) -> std::optional<std::string> {
    const Reasons death = service.death(began);
    return death.empty() ? rules.look(elapsed, so_far) : death.front();
  };

  monitor::Watcher watcher(service.subjects());
  load.begun = [&](TimePoint start) { watcher.begin(start, held_ends(judging)); };

  metrics::RunInfo info = info_of(plan, options);
  Result<load::Outcome> outcome = load::run(plan, load);
  if (!outcome) return {not_run(plan, options, {without_secrets(outcome.error().text, plan)})};

  metrics::RunResult result = std::move(outcome->result);
  monitor::Watched watched = watcher.end();
  result.services = std::move(watched.services);
  result.machine = std::move(watched.machine);
  info.started = result.info.started;
  info.length = result.info.length;
  info.interrupted = result.info.interrupted;
  if (rules.was_aborted()) info.aborted = outcome->stopped_because;
  result.info = std::move(info);

  const bool is_spoilt = !result.health.invalid.empty() && !result.info.interrupted;
  Reasons loss = service.death(began);
  if (const auto gone = rules.target_is_gone(); gone && loss.empty()) loss.push_back(*gone);
  result.health.invalid.insert(result.health.invalid.begin(), loss.begin(), loss.end());
  return {std::move(result), is_spoilt && loss.empty()};
}

Attempt attempt(const plan::Plan& plan, ServiceUnderTest& service, const MeasureOptions& options) {
  const metrics::Control before = monitor::measure_control();
  auto wire = service.open();
  if (!wire) return {not_run(plan, options, std::move(wire.error()))};
  if (!*wire) return {interrupted_before(plan, options)};
  Attempt done = run_load(plan, service, **wire, options);
  service.close();
  done.result.control_before = before;
  if (!done.result.info.interrupted) done.result.control_after = monitor::measure_control();
  return done;
}

}  // namespace

bool may_run_again(const plan::Plan& plan) {
  return std::all_of(plan.data.begin(), plan.data.end(),
                     [](const plan::Data& data) { return data.reuse; });
}

metrics::RunResult measure(const plan::Plan& plan, ServiceUnderTest& service,
                           const MeasureOptions& options) {
  Attempt first = attempt(plan, service, options);
  if (!first.is_worth_repeating || !may_run_again(plan)) return std::move(first.result);
  if (options.say) {
    options.say(fmt::format("the load generator spoilt this run ({}): running it once more",
                            first.result.health.invalid.front()));
  }
  return attempt(plan, service, options).result;
}

}  // namespace loadgate::session
