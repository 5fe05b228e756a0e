#pragma once

// Findings in words: one sentence without a newline each. Names of requests stand as
// the plan has them; reports make them printable. Pure, inside gate only.

#include <string>

#include "gate/verdict.h"

namespace loadgate::gate {

enum class NameStage : std::uint8_t { no, yes };

// "p50 of GET /products rose from 8.1 ms to 21 ms (×2.6, limit ×1.14)."
std::string explain(const ComparisonFinding& finding, NameStage stage);

// Of a finding that failed in one of two runs; `other` is what the other one found, null
// where it had no such request.
std::string explain_unconfirmed(const ComparisonFinding& finding, const ComparisonFinding* other,
                                NameStage stage);

// Of a finding that failed in another run, where this one had no such request.
std::string explain_unasked(const ComparisonFinding& earlier, NameStage stage);

// "rose from 8.1 ms to 21 ms (×2.6)"
std::string describe_change(const ComparisonFinding& finding);

// A change as people say it: "×2.6", "+4.2 points".
std::string format_change(ComparedMetric metric, double change);

// A level in the unit of its metric: "8.05 ms", "0.5 %", "120/s".
std::string format_level(ComparedMetric metric, double value);
std::string format_rate(double per_second);

}  // namespace loadgate::gate
