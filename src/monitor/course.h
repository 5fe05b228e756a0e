#pragma once

// What a watcher writes down: readings in the order of time become points, and what was
// missing for a while becomes a sentence. Pure; one thread.

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "metrics/resource_use.h"
#include "monitor/gauge.h"

namespace loadgate::monitor {

// Of one subject.
class Course {
 public:
  Course(std::string name, bool is_judged);

  void add(Nanoseconds at, const Result<Use>& use);  // Nothing where `at` has not risen.

  // From now on it is not judged: what it spends counts there already.
  void leave_judging_to(const Course& other);

  const std::string& name() const { return use_.name; }
  bool is_judged() const { return use_.is_judged; }

  // Without points where there never was anything.
  metrics::ResourceUse finish() &&;

 private:
  metrics::ResourceUse use_;
  bool was_found_ = false;
  Nanoseconds missing_{};  // How long in all.
  std::string why_missing_;
  std::string why_not_judged_;
};

// The next whole second or mark after `now`. `marks` rise.
Nanoseconds next_wake(Nanoseconds now, std::span<const Nanoseconds> marks);

// Since the first point instead of since the machine booted.
metrics::MachinePoint since(const metrics::MachinePoint& first, metrics::MachinePoint point);

}  // namespace loadgate::monitor
