#pragma once

// What a duet came to as a JSON value, a part of verdict_json.h's. Pure, inside gate only.

#include <nlohmann/json_fwd.hpp>

#include "gate/verdict.h"
#include "metrics/json_cursor.h"

namespace loadgate::gate {

nlohmann::json json_of(const DuetInfo& info);
DuetInfo duet_info_at(const metrics::JsonCursor& at);

// Words of a verdict, read.
Outcome outcome_at(const metrics::JsonCursor& at);
ComparedMetric compared_metric_at(const metrics::JsonCursor& at);

}  // namespace loadgate::gate
