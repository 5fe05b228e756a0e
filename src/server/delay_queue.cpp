#include "server/delay_queue.h"

#include <sys/prctl.h>
#include <utility>

namespace loadgate::server {

DelayQueue::DelayQueue() : thread_([this] { run(); }) {}

DelayQueue::~DelayQueue() { finish(); }

bool DelayQueue::add(TimePoint due, Action action) {
  const std::lock_guard lock(mutex_);
  if (finished_) return false;
  const bool is_next = items_.empty() || due < items_.top().due;
  items_.push({due, std::move(action)});
  if (is_next) changed_.notify_one();
  return true;
}

void DelayQueue::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void DelayQueue::run() {
  // Linux rounds this thread's waking up to 50 us later otherwise.
  ::prctl(PR_SET_TIMERSLACK, 1);
  const SteadyClock clock;
  std::unique_lock lock(mutex_);
  while (!finished_ || !items_.empty()) {
    if (items_.empty()) {
      changed_.wait(lock);
    } else if (const TimePoint due = items_.top().due; !finished_ && clock.now() < due) {
      changed_.wait_until(lock, due);
    } else {
      const Action action = items_.top().action;
      items_.pop();
      lock.unlock();
      action();
      lock.lock();
    }
  }
}

}  // namespace loadgate::server
