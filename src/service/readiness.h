#pragma once

// Waiting until a service answers. Main thread.

#include <functional>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "plan/plan.h"

namespace loadgate::service {

// One question to a service: does it answer by now?
struct Probe {
  std::string place;  // What is asked, for sentences.
  // Blocks for at most `patience`; an error says what was seen instead.
  std::function<Result<void>(Nanoseconds patience)> ask;
};

// What the plan's `ready` says: its url answers with a status below 400; without a url,
// the target takes a connection.
Probe probe_of(const plan::Plan& plan);

enum class Readiness { ready, too_late, interrupted, ended };

struct Wait {
  Nanoseconds within{};
  const Clock* clock = nullptr;
  // Lets so much time pass, less where something comes between; the reason to stop
  // waiting, if there is one.
  std::function<std::optional<Readiness>(Nanoseconds)> pause;
};

struct Waited {
  Readiness end = Readiness::ready;
  Nanoseconds took{};
  std::string last_seen;  // The last answer that was none.
};

Waited wait_until_ready(const Probe& probe, const Wait& wait);

// Between two questions.
inline constexpr Nanoseconds kBetweenProbes = std::chrono::milliseconds(100);
// For the first answer; doubled whenever it was not enough, up to kLongestProbe, so that
// a Ctrl-C is heard soon and a slow first answer still gets its time.
inline constexpr Nanoseconds kFirstProbe = std::chrono::seconds(1);
inline constexpr Nanoseconds kLongestProbe = std::chrono::seconds(10);

}  // namespace loadgate::service
