#pragma once

// Runs a plan: workers, users, the clock of the stages, and what came of it.
// run() is called from the main thread, which it keeps until the run is over; the
// observer and the stop rule are called on that thread too.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "load/punctuality.h"
#include "metrics/recorder.h"
#include "metrics/run_result.h"
#include "plan/plan.h"
#include "transport/transport.h"

namespace loadgate::load {

// All that one side has measured so far.
struct SideSoFar {
  metrics::Side side = metrics::Side::head;
  const metrics::Collector* collector = nullptr;
};

// How the run stands, once a second; for the progress line and the live page.
struct Progress {
  Nanoseconds elapsed{}, length{};
  std::string stage;
  unsigned users = 0;              // Running now; as all below of both sides of a duet.
  double rate = 0;                 // Iterations wanted a second now; 0 in closed stages.
  double begun_per_second = 0;     // Of those wanted, over the last second; the rest was dropped.
  double requests_per_second = 0;  // Over the last second.
  Nanoseconds p50{}, p95{};        // Of the last second.
  std::uint64_t requests = 0, failures = 0;  // So far.
  std::vector<SideSoFar> so_far{};           // Of each side; only for the moment of the call.
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void progress(const Progress& now) = 0;
};

// Asked once a second with all that was measured so far (in a duet: of head); a text stops
// the run gently and stands in the result as the reason.
using StopRule = std::function<std::optional<std::string>(Nanoseconds elapsed,
                                                          const metrics::Collector& so_far)>;

// Set by signals. 0: go on; 1: stop gently; 2: stop now.
using StopRequest = std::atomic<int>;

struct Options {
  std::uint64_t seed = 0;
  unsigned workers = 1;  // >= 1
  // Makes the transport of one worker, on the main thread.
  std::function<Result<std::unique_ptr<transport::Transport>>()> make_transport;
  const Clock* clock = nullptr;
  Observer* observer = nullptr;  // May be null.
  StopRule stop_rule;            // May be empty.
  const StopRequest* stop_request = nullptr;
  // Told the moment from which everything counts, right before the first request. May be
  // empty; must be quick.
  std::function<void(TimePoint)> begun;
  std::size_t window_budget = metrics::Collector::kWindowBudget;
  Punctuality punctuality;  // run_pairs() has its own.
};

struct Outcome {
  metrics::RunResult result;  // info.plan_*, target, command, commit, environment are the caller's.
  std::string stopped_because;  // What the stop rule said; empty otherwise.
};

// However the run ends, what was measured until then is returned; an error means that
// nothing was sent. After the stages, or when stopped gently, users finish the request
// in hand and run on_stop, for at most the plan's timeout plus kStopGrace.
Result<Outcome> run(const plan::Plan& plan, const Options& options);

// What the gate will need of a plan, every stage held as planned.
metrics::Judging judging_of(const plan::Plan& plan);

inline constexpr Nanoseconds kStopGrace = std::chrono::seconds(5);

// Half of the cores this process may use, at least one: in CI the service shares them.
unsigned default_workers();

}  // namespace loadgate::load
