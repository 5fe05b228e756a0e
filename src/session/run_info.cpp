#include "session/run_info.h"

#include "base/clock.h"
#include "monitor/environment.h"
#include "session/commit.h"
#include "session/secrets.h"

namespace loadgate::session {

metrics::RunInfo info_of(const plan::Plan& plan, const MeasureOptions& options) {
  metrics::RunInfo info;
  info.plan_name = plan.name;
  info.plan_file = plan.file;
  info.target = without_secrets(plan.target, plan);
  info.command = without_secrets(options.command, plan);
  info.tool_version = LOADGATE_VERSION;
  info.commit = commit_around(plan.file);
  info.plan_text = without_secrets(plan.text, plan);
  info.seed = options.seed;
  info.workers = options.workers;
  info.started = SteadyClock().wall();
  info.environment = monitor::read_environment();
  return info;
}

}  // namespace loadgate::session
