#pragma once

// A shell command of the user's beside us that never outlives us, and neither does what
// it starts, even in sessions and process groups of its own: a keeper (keeper.h) stands
// between, adopts orphans, and ends all when told to or when we are gone, by SIGKILL too.
// Beyond its reach is only what others start at the command's request, as a container
// engine or a service manager does.
//
// Main thread only.

#include <sys/types.h>
#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "process/descriptor.h"

namespace loadgate::process {

struct Command {
  std::string text;                 // For /bin/sh -c.
  std::filesystem::path directory;  // Where it runs.
  std::filesystem::path log;        // Its output is appended; the input is empty.
  std::vector<std::pair<std::string, std::string>> environment;  // Added to ours.
};

// How the command itself ended; what it has started may live on.
struct Ending {
  std::optional<int> status;  // As waitpid() gives it; nothing: the keeper is gone.
  TimePoint when;
  bool is_success() const { return status == 0; }
  bool has_exited() const;  // By its own will, and was not killed.
};

// "exit status 1", "killed by SIGSEGV".
std::string describe(const Ending& ending);

class Kept {
 public:
  static Result<Kept> start(const Command& command);

  Kept(Kept&& other) noexcept;
  Kept& operator=(Kept&&) = delete;
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  ~Kept();  // SIGKILL to all that is left.

  // Of which all of the command descends; for monitor.
  pid_t keeper() const { return keeper_; }

  // Waits for the command's end, at most so long, or until a signal comes. 0 only looks.
  const std::optional<Ending>& ended(Nanoseconds patience = Nanoseconds::zero());

  // SIGTERM to the command and all that descends from it; SIGKILL to what is left after
  // `patience`. Returns at once; a second call does nothing.
  void ask_to_stop(Nanoseconds patience);

  // The same where it was not asked before, and returns when nothing is left: whether SIGKILL
  // was needed. That comes at once where `stop_request` is 2 or more. A second call does nothing.
  enum class Stopped { gently, killed };
  Stopped stop(Nanoseconds patience, const std::atomic<int>* stop_request = nullptr);

 private:
  Kept(pid_t keeper, Descriptor control) : keeper_(keeper), control_(std::move(control)) {}

  bool hear(Nanoseconds patience);  // False once the keeper has ended.
  int reap();                       // The keeper's exit status.

  pid_t keeper_ = -1;
  Descriptor control_;
  std::optional<Ending> ending_;
  bool is_asked_ = false;
};

}  // namespace loadgate::process
