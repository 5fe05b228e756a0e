#include "session/try_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/text_table.h"
#include "session/service_under_test.h"
#include "transport/curl_transport.h"

namespace loadgate::session {
namespace {

using report::painted;
using report::Tone;

std::string summary(std::size_t scenarios, const TryCount& count, bool color) {
  const std::string tried =
      fmt::format("{} in {}", counted(count.requests, "request"), counted(scenarios, "scenario"));
  if (count.failed == 0 && !count.ran_out) {
    return fmt::format("\n{} {}: all as the plan expects\n", painted("✓", Tone::good, color),
                       tried);
  }
  return fmt::format("\n{} {}: {} failed{}\n", painted("✗", Tone::bad, color), tried, count.failed,
                     count.ran_out ? ", data ran out" : "");
}

Result<void> look_for(const std::string& name, const plan::Plan& plan) {
  const auto is_it = [&](const plan::Scenario& scenario) { return scenario.name == name; };
  if (name.empty() || std::any_of(plan.scenarios.begin(), plan.scenarios.end(), is_it)) return {};
  std::vector<std::string> names;
  names.reserve(plan.scenarios.size());
  for (const plan::Scenario& scenario : plan.scenarios) names.push_back(scenario.name);
  return failure(
      fmt::format("the plan has no scenario \"{}\": it has {}", name, fmt::join(names, ", ")));
}

}  // namespace

Result<Tried> try_scenarios(const plan::Plan& plan, transport::Transport& transport,
                            const Clock& clock, const TryOptions& options) {
  const Result<void> found = look_for(options.scenario, plan);
  if (!found) return failure(found.error());
  const load::Script script(plan, options.seed, 1);
  TryCount all;
  std::size_t scenarios = 0;
  for (const plan::Scenario& scenario : plan.scenarios) {
    if (!options.scenario.empty() && scenario.name != options.scenario) continue;
    const TryCount count = TryPass(script, scenario, transport, clock, options).go();
    if (options.stop_request != nullptr && *options.stop_request > 0) {
      return Tried{TryEnd::interrupted, {}};
    }
    ++scenarios;
    all.requests += count.requests;
    all.failed += count.failed;
    all.ran_out = all.ran_out || count.ran_out;
  }
  options.show(summary(scenarios, all, options.color));
  const bool is_well = all.failed == 0 && !all.ran_out;
  return Tried{is_well ? TryEnd::as_expected : TryEnd::failed, {}};
}

Result<Tried> try_plan(const plan::Plan& plan, const TryOptions& options) {
  const Result<void> found = look_for(options.scenario, plan);
  if (!found) return failure(found.error());
  ServiceUnderTest service(plan, {.stop_request = options.stop_request, .say = options.say});
  auto wire = service.open();
  if (!wire) return Tried{TryEnd::unreachable, std::move(wire.error())};
  if (!*wire) return Tried{TryEnd::interrupted, {}};
  Result<std::unique_ptr<transport::Transport>> transport = transport::make_curl_transport(**wire);
  if (!transport) return failure(transport.error());
  const SteadyClock clock;
  Result<Tried> tried = try_scenarios(plan, **transport, clock, options);
  service.close();
  return tried;
}

}  // namespace loadgate::session
