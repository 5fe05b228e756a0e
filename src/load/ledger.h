#pragma once

// What a run amounts to: takes what the workers' journals seal, keeps count while the run
// goes on, and closes with the result. Main thread.

#include <cstdint>
#include <optional>
#include <vector>

#include "load/cpu_time.h"
#include "load/health.h"
#include "load/runner.h"
#include "load/users_timeline.h"
#include "load/worker.h"
#include "metrics/recorder.h"
#include "metrics/run_result.h"
#include "plan/plan.h"

namespace loadgate::load {

class Ledger {
 public:
  Ledger(const plan::Plan& plan, const Options& options);

  void begin(unsigned users);
  void enter(Sealed sealed);
  void note_users(Nanoseconds elapsed, unsigned users) { timeline_.add(elapsed, users); }

  const metrics::Collector& collector() const { return collector_; }
  std::uint64_t requests() const { return requests_; }
  std::uint64_t failures() const { return failures_; }

  // The result of a run that was stopped at `end`, or whose stages were over then; of its
  // info only the length. REQUIRES: called once, last; at least one account.
  metrics::RunResult close(const std::vector<Worker::Account>& accounts, Nanoseconds end);

 private:
  Spent spent(const std::vector<Worker::Account>& accounts) const;

  std::optional<MachineTime> machine_before_;
  metrics::Collector collector_;
  metrics::Judging judging_;
  UsersTimeline timeline_;
  SelfWatch self_watch_;
  std::uint64_t requests_ = 0, failures_ = 0, out_of_descriptors_ = 0;
};

}  // namespace loadgate::load
