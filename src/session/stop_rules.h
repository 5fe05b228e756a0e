#pragma once

// What ends a run early: an abort threshold that does not hold, a target that is
// gone. Called once a second from the main thread, as load::StopRule wants it.

#include <optional>
#include <string>

#include "load/runner.h"
#include "metrics/recorder.h"
#include "plan/plan.h"

namespace loadgate::session {

class StopRules {
 public:
  StopRules(const plan::Plan& plan, const metrics::Judging& judging)
      : plan_(plan), judging_(judging) {}

  std::optional<std::string> look(Nanoseconds elapsed, const metrics::Collector& so_far);

  // The abort thresholds alone.
  std::optional<std::string> abort(Nanoseconds elapsed, const metrics::Collector& so_far);

  // Why there can be no verdict: nothing could connect when the run ended, for
  // whatever reason it ended. Ask after the run.
  std::optional<std::string> target_is_gone() const;
  bool was_aborted() const { return was_aborted_; }

  // Nothing but failed connections for so long means that nobody is there.
  static constexpr Nanoseconds kPatience = std::chrono::seconds(3);

 private:
  void watch_target(Nanoseconds elapsed, const metrics::Collector& so_far);

  const plan::Plan& plan_;
  const metrics::Judging& judging_;
  std::uint64_t requests_ = 0, not_connected_ = 0;  // At the look before.
  std::optional<Nanoseconds> gone_since_;
  bool was_aborted_ = false;
};

}  // namespace loadgate::session
