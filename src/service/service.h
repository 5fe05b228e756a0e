#pragma once

// The service under test, started by us: prepared once, started and stopped as often as
// wanted, watched in between. Whatever happens to us, nothing of it is left running: the
// kernel's word that we are gone ends it too (process/kept.h).
//
// Main thread only, and start() before worker threads.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "base/clock.h"
#include "plan/start.h"
#include "process/kept.h"
#include "service/last_lines.h"
#include "service/readiness.h"
#include "service/trouble.h"

namespace loadgate::service {

struct Options {
  Probe probe;                // Whether it is ready.
  Nanoseconds within{};       // How long that may take.
  std::filesystem::path log;  // Begun anew by the first start, then appended to.
  bool appends = false;       // To the log from the first start on: another began it.
  const std::atomic<int>* stop_request = nullptr;  // 1: stop; 2: at once. May be null.
  std::function<void(const std::string&)> say;     // Lines for the user. May be empty.
  Mask mask;
};

enum class Started { ready, interrupted };

class Service {
 public:
  Service(plan::Start start, Options options);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();  // stop(), and the same for what `prepare` has left running.

  // Runs `prepare` if this is the first start, then the command, and waits until it is
  // ready. What did not become ready is stopped again. REQUIRES: it does not run.
  tl::expected<Started, Trouble> start();

  // That the service has ended without our word, at which time of a run that began then.
  std::optional<Trouble> death(TimePoint run_began);

  // What the running command descends from; nothing while it does not run.
  std::optional<pid_t> keeper() const;

  // How long the latest start took until it was ready, without `prepare`.
  Nanoseconds start_took() const { return start_took_; }

  // SIGTERM to all of it, SIGKILL after kStopPatience. Returns at once, so that services of
  // which each takes its time can end side by side; stop() must follow.
  void ask_to_stop();

  // The same where it was not asked before; waits for the end, for SIGKILL at once on a second
  // stop request. A second call does nothing.
  void stop();

  static constexpr Nanoseconds kStopPatience = std::chrono::seconds(10);
  static constexpr Nanoseconds kPreparePatience = std::chrono::minutes(10);

 private:
  using Outcome = tl::expected<Started, Trouble>;

  Outcome prepare();
  Outcome begin_log() const;
  Outcome run_to_its_end(process::Kept& kept) const;
  Outcome launch();
  Outcome await_ready();
  std::optional<Readiness> pause(Nanoseconds length);
  tl::expected<process::Kept, Trouble> spawn(const std::string& command);
  tl::unexpected<Trouble> trouble(const std::string& sentence) const;
  bool is_stop_requested() const;
  void say(const std::string& line) const;

  const plan::Start plan_;
  const Options options_;
  const SteadyClock clock_;
  bool is_prepared_ = false;
  std::uintmax_t log_begin_ = 0;  // Where the output of the latest command begins.
  // What `prepare` has left running, a database perhaps, stays until all is over.
  std::optional<process::Kept> prepared_;
  std::optional<process::Kept> running_;
  std::optional<bool> had_ended_;  // When it was asked to stop.
  Nanoseconds start_took_{};
};

}  // namespace loadgate::service
