#pragma once

// The threads of a run's workers: all of them begin together, or none does. Main thread.

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "base/result.h"
#include "load/user.h"
#include "load/worker.h"

namespace loadgate::load {

class WorkerThreads {
 public:
  WorkerThreads() = default;
  ~WorkerThreads();  // Joins; those that were not let go end without having run.
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  // One for each worker, which waits for go(). The workers outlive the threads.
  Result<void> start(const std::vector<std::unique_ptr<Worker>>& workers);
  void go(const Epoch& epoch);
  void join() { threads_.clear(); }

 private:
  enum class Launch : std::uint8_t { waiting, go, off };

  void launch(Launch what);

  Epoch epoch_;  // Set before the launch, then only read.
  std::atomic<Launch> launch_{Launch::waiting};
  std::vector<std::jthread> threads_;
};

}  // namespace loadgate::load
