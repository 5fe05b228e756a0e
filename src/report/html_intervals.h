#pragma once

// The interval of a comparison against its limit as inline SVG: all comparisons of a table
// share the places of "no change" and of the limit, whatever their units. Pure, any thread.

#include "gate/verdict.h"
#include "report/html_template.h"

namespace loadgate::report {

// Fields of templates/report_interval.html.
Fields interval_bar(const gate::ComparisonFinding& finding);

}  // namespace loadgate::report
