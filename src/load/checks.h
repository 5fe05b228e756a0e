#pragma once

// Whether a response is what its request expects, the status apart. Pure.

#include <memory>
#include <string>

#include "load/answer_body.h"
#include "load/failure_sample.h"
#include "plan/check.h"
#include "transport/transport.h"

namespace loadgate::load {

// The first expectation that does not hold, in words; made at the moment of the answer,
// because the user's variables may be others when somebody asks.
struct FailedCheck {
  std::string text;  // "$.quantity is "; "the body does not contain \"sold out\""
  std::string seen;  // A piece of the body, which shows only where bodies are kept.
  std::string rest;  // ", expected 1"; empty: what was seen is put behind the text.
};

// Null where all is as expected. Templates are filled with `scope`; the response time
// counts from `due`.
std::unique_ptr<const FailedCheck> first_failed(const plan::Expectations& expect,
                                                const transport::Exchange& exchange,
                                                AnswerBody& body, const plan::Scope& scope,
                                                TimePoint due);

std::string explain(const FailedCheck& failed, const Mask& mask, Bodies bodies);

}  // namespace loadgate::load
