#pragma once

// Times of requests as recordings keep them: second by second of the held part, in bins of
// 1 %. One thread.

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "metrics/series.h"

namespace loadgate::trust {

// A list for each series: its windows within `held`.
nlohmann::json times_of(const std::vector<metrics::Series>& all, metrics::Interval held);

// Fills the windows of these series, and the times of `held`, which are their sum.
// REQUIRES: `written` by times_of() of the same series.
void restore_times(std::vector<metrics::Series>& all, const nlohmann::json& written);

// Of tallies only `held` without its times is kept, of windows none: times_of() has them.
void drop_times(std::vector<metrics::Series>& all);

}  // namespace loadgate::trust
