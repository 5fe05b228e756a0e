#pragma once

// Ctrl-C as a number to look at: 0 at first, 1 after SIGINT or SIGTERM, 2 after a
// second one. Install once, from the main thread, before other threads start.
//
// SIGPIPE is ignored from then on: a closed pipe or socket is an error of the write.

#include <csignal>

#include <atomic>

namespace loadgate::process {

// What a program that we start must not inherit: blocked signals and the deaf ear for
// SIGPIPE. Handlers fall back to the default by themselves. Safe after a fork.
void restore_signals() noexcept;

// How many came so far; any thread may read it. A second call changes nothing.
const std::atomic<int>& watch_stop_signals();

// As another signal would, from a button on a page. Any thread.
void request_stop();

// As long as it lives this thread takes no signal, and threads begun meanwhile never do:
// those are for the main thread, and a broken connection must not end the process.
class SignalsBlocked {
 public:
  SignalsBlocked() noexcept;
  ~SignalsBlocked();
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace loadgate::process
