#pragma once

// The parts of the HTML report, as values that templates/report.html names. Each
// function fills one section. Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

#include "gate/summary.h"
#include "plan/gate_rules.h"
#include "report/html_template.h"

namespace loadgate::report {

// What failed or is undecided, each with its bars; then tables of all.
void add_findings(Fields& page, const gate::Verdict& verdict);

void add_requests(Fields& page, const gate::Summary& summary);  // All, then stage by stage.
void add_phases(Fields& page, const std::vector<gate::Row>& rows);
// What services spent: a table.
void add_services(Fields& page, const gate::Summary& summary);
// Levels over time: still drawings, and the data of those that take their place.
void add_charts(Fields& page, const gate::Summary& summary);
void add_distributions(Fields& page, const gate::Summary& summary);
// Beside response times, where the two are not the same: in open stages.
void add_service_times(Fields& page, const std::vector<gate::Row>& rows);
void add_slowest(Fields& page, const std::vector<gate::SlowRow>& slowest);
void add_failures(Fields& page, const std::vector<gate::FailureRow>& failures);

// The machine, the generator, the stages, and by which rules it was judged.
void add_circumstances(Fields& page, const gate::Summary& summary, const plan::GateRules& rules);

Fields fact(std::string label, std::string value);

// "good", "bad" or "doubtful": the class that colours a sign.
std::string_view tone_of(gate::Outcome outcome);

}  // namespace loadgate::report
