#pragma once

// One measured run of a plan: open the service, put the load on, say what came of it.
// Main thread. Judges nothing, writes nothing.

#include <functional>
#include <string>

#include "load/runner.h"
#include "metrics/run_result.h"
#include "plan/plan.h"

namespace loadgate::session {

class ServiceUnderTest;

struct MeasureOptions {
  std::uint64_t seed = 0;
  unsigned workers = 1;
  std::string command;  // To run it again; secrets are masked here.
  load::Observer* observer = nullptr;
  const load::StopRequest* stop_request = nullptr;
  std::size_t window_budget = metrics::Collector::kWindowBudget;
  std::function<void(const std::string&)> say;  // Lines for the user while it goes on.
};

// Not where rows of data are handed out once: another run would send them again.
bool may_run_again(const plan::Plan& plan);

// Always a result: what went wrong with target or generator stands in health.invalid.
// A run that the generator spoilt is repeated once, where it may be, on a service that is
// started again.
metrics::RunResult measure(const plan::Plan& plan, ServiceUnderTest& service,
                           const MeasureOptions& options);

}  // namespace loadgate::session
