#pragma once

// Watches what services and the machine spend while a run goes on: a thread of its own
// that wakes once a second, and at the moments asked for. begin() and end() on the main
// thread.

#include <sys/types.h>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "metrics/resource_use.h"
#include "plan/watch.h"

namespace loadgate::monitor {

// All that a process has started, itself excluded, dead children included: what a keeper
// (process/kept.h) keeps.
struct KeptBy {
  pid_t keeper = 0;
};

struct Subject {
  std::string name;
  bool is_judged = true;
  std::variant<KeptBy, plan::Watch> what;
};

struct Watched {
  // In the order of the subjects. One that has processes of an earlier one is not judged,
  // since these would count twice.
  std::vector<metrics::ResourceUse> services;
  metrics::MachineUse machine;
};

class Watcher {
 public:
  explicit Watcher(std::vector<Subject> subjects);
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;
  ~Watcher();

  // Measures now, then at every whole second after `start` and at `marks`, which are since
  // `start` too: the ends of what is judged. REQUIRES: called once. `start` is of
  // SteadyClock, and about now.
  void begin(TimePoint start, std::vector<Nanoseconds> marks);

  // Measures a last time and stops. Nothing where it was not begun; a second call too.
  Watched end();

 private:
  class Thread;
  std::vector<Subject> subjects_;
  std::unique_ptr<Thread> thread_;
};

}  // namespace loadgate::monitor
