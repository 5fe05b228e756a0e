#include "load/worker_threads.h"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>

#include <system_error>

namespace loadgate::load {
namespace {

// Threads begun meanwhile take no signal: those are for the main thread, and a broken
// connection must not end the process.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

WorkerThreads::~WorkerThreads() {
  if (launch_ == Launch::waiting) launch(Launch::off);
}

Result<void> WorkerThreads::start(const std::vector<std::unique_ptr<Worker>>& workers) {
  const SignalsBlocked blocked;
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
