#pragma once

// Parts that results and baselines write alike. Pure functions, any thread.

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "metrics/json_cursor.h"
#include "metrics/run_result.h"

namespace loadgate::metrics {

nlohmann::json json_of(const Environment& environment);
Environment environment_at(const JsonCursor& at);

// "2026-11-22T03:04:05.678Z"
std::string text_of(WallTime time);
WallTime wall_time_at(const JsonCursor& at);

Histogram histogram_at(const JsonCursor& at);

// JSON knows neither infinity nor NaN: the largest number and 0 stand for them.
double finite(double value);

}  // namespace loadgate::metrics
