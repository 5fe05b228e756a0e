#include "load/worker_threads.h"

#include <fmt/format.h>

#include <system_error>

#include "process/signals.h"

namespace loadgate::load {

WorkerThreads::~WorkerThreads() {
  if (launch_ == Launch::waiting) launch(Launch::off);
}

Result<void> WorkerThreads::start(const std::vector<std::unique_ptr<Worker>>& workers) {
  const process::SignalsBlocked blocked;
  for (const auto& each : workers) {
    try {
      threads_.emplace_back([this, &worker = *each] {
        launch_.wait(Launch::waiting);
        if (launch_ == Launch::go) worker.run(epoch_);
      });
    } catch (const std::system_error& error) {
      return failure(fmt::format("the system allows no {} threads ({}): use fewer --workers",
                                 workers.size(), error.what()));
    }
  }
  return {};
}

void WorkerThreads::go(const Epoch& epoch) {
  epoch_ = epoch;
  launch(Launch::go);
}

void WorkerThreads::launch(Launch what) {
  launch_ = what;
  launch_.notify_all();
}

}  // namespace loadgate::load
