#pragma once

// Runs actions at their moments, on one thread of its own. Actions are short and throw
// nothing. Construct and finish() from one thread; add() from any.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

#include "base/clock.h"

namespace loadgate::server {

class DelayQueue {
 public:
  using Action = std::function<void()>;

  DelayQueue();
  ~DelayQueue();  // finish()

  // False once finished: then the action is not kept and never runs.
  bool add(TimePoint due, Action action);

  // Runs everything that still waits at once, and ends the thread.
  void finish();

 private:
  struct Item {
    TimePoint due;
    Action action;
    bool operator<(const Item& other) const { return due > other.due; }  // Earliest on top.
  };

  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::priority_queue<Item> items_;  // Under mutex_.
  bool finished_ = false;            // Under mutex_.
  std::thread thread_;
};

}  // namespace loadgate::server
