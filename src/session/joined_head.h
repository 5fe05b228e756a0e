#pragma once

// What the epochs of a duet say together about head beside its series: failures and slow
// requests worth a look, and how the generator did. Main thread.

#include "metrics/run_result.h"

namespace loadgate::session {

class JoinedHead {
 public:
  // What head came to in an epoch that counts.
  void add(const metrics::RunResult& head, const metrics::Epoch& epoch);

  // Fills failures, slowest and health of `result`; what stands in
  // health.invalid and health.warnings stays.
  void finish(metrics::RunResult& result);

 private:
  void add_health(const metrics::Health& health);
  void add_warnings(const std::vector<std::string>& warnings);

  std::vector<metrics::FailureGroup> failures_;
  std::vector<metrics::SlowGroup> slowest_;
  metrics::Health health_;  // Shares are sums until the end.
  double epochs_ = 0;
};

}  // namespace loadgate::session
