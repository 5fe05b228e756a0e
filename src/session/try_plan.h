#pragma once

// `loadgate try`: one user goes once through each scenario, and everything is shown. What
// a person writes a plan with: no load, no verdict, no result. Main thread.

#include <string>
#include <vector>

#include "base/result.h"
#include "session/try_pass.h"

namespace loadgate::session {

enum class TryEnd {
  as_expected,  // All requests did what the plan expects.
  failed,       // Some did not, or data ran out.
  unreachable,  // Nothing was sent: see `reasons`.
  interrupted,
};

struct Tried {
  TryEnd end = TryEnd::as_expected;
  std::vector<std::string> reasons;
};

// Starts the service where the plan says how, and stops it. An error means that nothing
// was sent: the plan has no scenario of that name, or there is no epoll.
Result<Tried> try_plan(const plan::Plan& plan, const TryOptions& options);

// The same over a transport that is there.
Result<Tried> try_scenarios(const plan::Plan& plan, transport::Transport& transport,
                            const Clock& clock, const TryOptions& options);

}  // namespace loadgate::session
