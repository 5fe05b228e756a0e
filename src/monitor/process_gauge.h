#pragma once

// The use of processes and all that descends from them. One thread.

#include "monitor/cpu_account.h"
#include "monitor/gauge.h"
#include "monitor/roots.h"

namespace loadgate::monitor {

class ProcessGauge final : public Gauge {
 public:
  explicit ProcessGauge(KeptBy kept);
  explicit ProcessGauge(FindRoots find_roots);

  Result<Use> read(const ProcessTable& table) override;
  std::vector<pid_t> processes() const override;

 private:
  std::vector<pid_t> living_members(const ProcessTable& table) const;
  std::vector<Member> read_members(const std::vector<ProcessStat>& family, Use& use) const;

  FindRoots find_roots_;
  pid_t keeper_ = 0;  // Its own time is not the subject's; what it reaped is. 0: none.
  std::optional<CpuAccount> account_;  // From the first reading on.
};

}  // namespace loadgate::monitor
