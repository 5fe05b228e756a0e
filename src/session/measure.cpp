#include "session/measure.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "monitor/environment.h"
#include "session/commit.h"
#include "session/stop_rules.h"
#include "transport/curl_transport.h"

namespace loadgate::session {
namespace {

// A target that does not answer within this will not do so under load.
constexpr Nanoseconds kReachPatience = std::chrono::seconds(5);

std::string without_secrets(std::string text, const plan::Plan& plan) {
  for (const std::string& secret : plan.secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + 3)) {
      text.replace(at, secret.size(), "***");
    }
  }
  return text;
}

metrics::RunInfo info_of(const plan::Plan& plan, const MeasureOptions& options) {
  metrics::RunInfo info;
  info.plan_name = plan.name;
  info.plan_file = plan.file;
  info.target = without_secrets(plan.target, plan);
  info.command = without_secrets(options.command, plan);
  info.tool_version = LOADGATE_VERSION;
  info.commit = commit_around(plan.file);
  info.seed = options.seed;
  info.workers = options.workers;
  info.started = SteadyClock().wall();
  info.environment = monitor::read_environment();
  return info;
}

// A run in which nothing was sent, and why.
metrics::RunResult not_run(const plan::Plan& plan, const MeasureOptions& options,
                           const std::string& reason) {
  metrics::RunResult result;
  result.info = info_of(plan, options);
  result.judging = load::judging_of(plan);
  for (metrics::StageInfo& stage : result.judging.stages) stage.held = {};
  result.health.invalid.push_back(without_secrets(reason, plan));
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

struct Attempt {
  metrics::RunResult result;
  bool is_worth_repeating = false;  // The generator spoilt it, not the target or the user.
};

Attempt attempt(const plan::Plan& plan, const MeasureOptions& options) {
  transport::Options wire;
  wire.http = plan.http;
  const Result<transport::Options> reached = transport::reach(plan.target, wire, kReachPatience);
  if (!reached) return {not_run(plan, options, reached.error().text)};

  const SteadyClock clock;
  const metrics::Judging judging = load::judging_of(plan);
  StopRules rules(plan, judging);
  load::Options load = load_options(options, clock, *reached);
  load.stop_rule = [&](Nanoseconds elapsed, const metrics::Collector& so_far) {
    return rules.look(elapsed, so_far);
  };

  metrics::RunInfo info = info_of(plan, options);
  Result<load::Outcome> outcome = load::run(plan, load);
  if (!outcome) return {not_run(plan, options, outcome.error().text)};

  metrics::RunResult result = std::move(outcome->result);
  info.started = result.info.started;
  info.length = result.info.length;
  info.interrupted = result.info.interrupted;
  if (rules.was_aborted()) info.aborted = outcome->stopped_because;
  result.info = std::move(info);

  const bool is_spoilt = !result.health.invalid.empty() && !result.info.interrupted;
  const std::optional<std::string> gone = rules.target_is_gone();
  if (gone) result.health.invalid.insert(result.health.invalid.begin(), *gone);
  return {std::move(result), is_spoilt && !gone};
}

}  // namespace

metrics::RunResult measure(const plan::Plan& plan, const MeasureOptions& options) {
  Attempt first = attempt(plan, options);
  if (!first.is_worth_repeating) return std::move(first.result);
  if (options.say) {
    options.say(fmt::format("the load generator spoilt this run ({}): running it once more",
                            first.result.health.invalid.front()));
  }
  return attempt(plan, options).result;
}

}  // namespace loadgate::session
