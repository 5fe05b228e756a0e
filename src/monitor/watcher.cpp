#include "monitor/watcher.h"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>

#include "monitor/course.h"
#include "monitor/gauge.h"
#include "monitor/machine.h"
#include "process/signals.h"

namespace loadgate::monitor {

class Watcher::Thread {
 public:
  Thread(const std::vector<Subject>& subjects, TimePoint start, std::vector<Nanoseconds> marks);
  ~Thread() { stop(); }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  Watched end();

 private:
  struct Watch {
    std::unique_ptr<Gauge> gauge;
    Course course;
  };

  void run();
  void stop();
  void measure();
  void judge_nobody_twice();
  void measure_machine();
  Nanoseconds since_start() const;

  // Constant after construction.
  TimePoint start_;
  std::vector<Nanoseconds> marks_;
  bool has_processes_ = false;

  // The thread's while it runs.
  std::vector<Watch> watches_;
  metrics::MachineUse machine_;
  metrics::MachinePoint machine_at_first_;

  std::mutex mutex_;
  std::condition_variable ending_;
  bool is_ending_ = false;  // Under mutex_.
  std::thread thread_;
};

Watcher::Thread::Thread(const std::vector<Subject>& subjects, TimePoint start,
                        std::vector<Nanoseconds> marks)
    : start_(start), marks_(std::move(marks)) {
  std::ranges::sort(marks_);
  machine_.cores = machine_cores();
  for (const Subject& subject : subjects) {
    const auto* watch = std::get_if<plan::Watch>(&subject.what);
    if (watch == nullptr || watch->by != plan::Watch::By::cgroup) has_processes_ = true;
    watches_.push_back({make_gauge(subject), Course(subject.name, subject.is_judged)});
  }
  measure();
  const process::SignalsBlocked blocked;
  thread_ = std::thread([this] { run(); });
}

void Watcher::Thread::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const TimePoint wake = start_ + next_wake(since_start(), marks_);
    if (ending_.wait_until(lock, wake, [this] { return is_ending_; })) return;
    lock.unlock();
    measure();
    lock.lock();
  }
}

void Watcher::Thread::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  ending_.notify_one();
  if (thread_.joinable()) thread_.join();
}

Watched Watcher::Thread::end() {
  stop();
  measure();
  Watched watched;
  for (Watch& watch : watches_) watched.services.push_back(std::move(watch.course).finish());
  watched.machine = std::move(machine_);
  return watched;
}

// Never before it: the start may be about to come.
Nanoseconds Watcher::Thread::since_start() const {
  return std::max(Nanoseconds{}, SteadyClock().now() - start_);
}

void Watcher::Thread::measure() {
  measure_machine();
  const ProcessTable table = has_processes_ ? ProcessTable::read() : ProcessTable({});
  for (Watch& watch : watches_) {
    const Result<Use> use = watch.gauge->read(table);
    watch.course.add(since_start(), use);
  }
  judge_nobody_twice();
}

// The CPU time of the judged is summed.
void Watcher::Thread::judge_nobody_twice() {
  for (auto later = watches_.begin(); later != watches_.end(); ++later) {
    for (auto earlier = watches_.begin(); earlier != later; ++earlier) {
      if (!later->course.is_judged() || !earlier->course.is_judged()) continue;
      std::vector<pid_t> shared;
      std::ranges::set_intersection(earlier->gauge->processes(), later->gauge->processes(),
                                    std::back_inserter(shared));
      if (!shared.empty()) later->course.leave_judging_to(earlier->course);
    }
  }
}

void Watcher::Thread::measure_machine() {
  metrics::MachinePoint point = read_machine();
  point.at = since_start();
  if (machine_.points.empty()) machine_at_first_ = point;
  if (machine_.points.empty() || point.at > machine_.points.back().at) {
    machine_.points.push_back(since(machine_at_first_, point));
  }
}

Watcher::Watcher(std::vector<Subject> subjects) : subjects_(std::move(subjects)) {}

Watcher::~Watcher() = default;

void Watcher::begin(TimePoint start, std::vector<Nanoseconds> marks) {
  assert(!thread_);
  thread_ = std::make_unique<Thread>(subjects_, start, std::move(marks));
}

Watched Watcher::end() {
  if (!thread_) return {};
  Watched watched = thread_->end();
  thread_.reset();
  return watched;
}

}  // namespace loadgate::monitor
