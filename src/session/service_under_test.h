#pragma once

// What a plan's load is put on, made ready for it: started where the plan says how,
// waited for, connected to; and stopped again. One for all runs of an invocation, since
// `prepare` runs once. Main thread.

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/clock.h"
#include "monitor/watcher.h"
#include "plan/plan.h"
#include "service/service.h"
#include "transport/curl_transport.h"

namespace loadgate::session {

// Why there can be no run: paragraphs for health.invalid, secrets masked.
using Reasons = std::vector<std::string>;

class ServiceUnderTest {
 public:
  struct Options {
    std::filesystem::path log = "loadgate-results/service.log";  // Of what `start` starts.
    bool appends = false;  // To the log, which another one with the same log has begun.
    const std::atomic<int>* stop_request = nullptr;
    std::function<void(const std::string&)> say;  // Lines for the user. May be empty.
  };

  // `plan` must live as long as this.
  ServiceUnderTest(const plan::Plan& plan, Options options);

  // What transports need to talk to it; nothing where the user has interrupted.
  tl::expected<std::optional<transport::Options>, Reasons> open();

  // That what we started has ended without our word; empty while all is well. The time
  // in it is that of a run that began at `run_began`.
  Reasons death(TimePoint run_began);

  // How long what we start took to be ready, without `prepare`; 0 where we start nothing.
  Nanoseconds start_took() const { return service_ ? service_->start_took() : Nanoseconds{}; }

  // What is to be watched while it runs: what we started, and what the plan names.
  // REQUIRES: it is open.
  std::vector<monitor::Subject> subjects() const;

  // Stops what open() started. A second call does nothing. Those that were told before that
  // it is coming end side by side.
  void begin_to_close();
  void close();

 private:
  using Opened = tl::expected<std::optional<transport::Options>, Reasons>;

  Opened await_ready() const;
  Opened connect() const;
  Reasons masked(Reasons reasons) const;

  const plan::Plan& plan_;
  const Options options_;
  std::unique_ptr<service::Service> service_;  // Null where the plan starts none.
};

}  // namespace loadgate::session
