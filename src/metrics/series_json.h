#pragma once

// Series as JSON, alike in results and in the epochs of a duet. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "metrics/json_cursor.h"
#include "metrics/run_result.h"

namespace loadgate::metrics {

nlohmann::json json_of(const std::vector<Series>& series);

// Their keys point into `judging`, and rise. REQUIRES: window_width >= 1 ns.
std::vector<Series> series_at(const JsonCursor& at, const Judging& judging,
                              Nanoseconds window_width);

}  // namespace loadgate::metrics
