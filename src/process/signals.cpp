#include "process/signals.h"

#include <csignal>

namespace loadgate::process {
namespace {

std::atomic<int> stops{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may take no lock");

void count_stop(int) { stops.fetch_add(1); }

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigemptyset(&action.sa_mask);
  // A stop is looked for between steps; it must not fail the write or read of a step.
  action.sa_flags = SA_RESTART;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

void restore_signals() noexcept {
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

const std::atomic<int>& watch_stop_signals() {
  handle(SIGINT, count_stop);
  handle(SIGTERM, count_stop);
  handle(SIGPIPE, SIG_IGN);
  return stops;
}

void request_stop() { stops.fetch_add(1); }

SignalsBlocked::SignalsBlocked() noexcept {
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before_);
}

SignalsBlocked::~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace loadgate::process
