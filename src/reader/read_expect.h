#pragma once

// `expect`: what the response of a request must be.

#include "plan/check.h"
#include "reader/keys.h"

namespace loadgate::reader {

// `timeout` is the request's: a longer `within` could never be missed.
plan::Expectations read_expect(const Field& field, Nanoseconds timeout, const plan::Names& names);

}  // namespace loadgate::reader
