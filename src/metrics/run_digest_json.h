#pragma once

// A digest as a JSON value, for those who store it inside a larger document. Others use
// to_json() and parse_run_digest() of run_digest.h. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>

#include "metrics/json_cursor.h"
#include "metrics/run_digest.h"

namespace loadgate::metrics {

nlohmann::json json_of(const RunDigest& digest);
RunDigest run_digest_at(const JsonCursor& at);

}  // namespace loadgate::metrics
