#pragma once

// What the plan makes of a response, line by line: each expectation with what was seen,
// each capture with what it found. A run stops at the first thing that is wrong; who
// writes a plan wants to see all. Pure.

#include <string>
#include <vector>

#include "base/clock.h"
#include "load/failure_sample.h"
#include "plan/placeholder.h"
#include "plan/scenario.h"
#include "transport/transport.h"

namespace loadgate::session {

struct AnswerLine {
  bool holds = true;
  std::string text;  // Masked, not yet made printable.
};

// `scope`: what the user held when the response came. REQUIRES: a whole response.
std::vector<AnswerLine> answer_lines(const plan::Request& request,
                                     const transport::Exchange& exchange, const plan::Scope& scope,
                                     TimePoint due, const load::Mask& mask);

}  // namespace loadgate::session
