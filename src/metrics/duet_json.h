#pragma once

// A duet as JSON: its epochs, from which the series of the whole are joined again. Pure
// functions, any thread.

#include <nlohmann/json_fwd.hpp>

#include "metrics/json_cursor.h"
#include "metrics/run_result.h"

namespace loadgate::metrics {

nlohmann::json json_of(const Duet& duet);
Duet duet_at(const JsonCursor& at, const Judging& judging);  // Its series point into `judging`.

}  // namespace loadgate::metrics
