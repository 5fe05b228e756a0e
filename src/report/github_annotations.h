#pragma once

// What of a verdict is worth an annotation. Pure function, any thread.

#include <vector>

#include "gate/summary.h"
#include "report/github_commands.h"

namespace loadgate::report {

// GitHub shows so many of each level for a step and drops the rest.
inline constexpr std::size_t kMostAnnotations = 10;

// Errors first, then warnings, then notices; at most kMostAnnotations each, the last of which
// says how many more there are. Files are named as the plan was.
std::vector<Annotation> annotations_of(const gate::Summary& summary);

}  // namespace loadgate::report
