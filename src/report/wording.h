#pragma once

// The words and numbers that all reports share, so that a finding reads the same on
// the console, in JUnit and in HTML. Pure functions, any thread; nothing is cleaned
// or escaped here, that is each format's last step.

#include <cstdint>
#include <string>
#include <string_view>

#include "gate/summary.h"

namespace loadgate::report {

// Never colour alone: each outcome has a sign and a word.
std::string_view sign_of(gate::Outcome outcome);        // "✓", "✗", "?"
std::string_view sign_of(gate::Conclusion conclusion);  // The same and "!".
std::string_view headline_of(gate::Conclusion conclusion);
std::string_view word_of(gate::Outcome outcome);  // "held", "failed", "inconclusive"

std::string count_text(std::uint64_t count);  // "16,422"
std::string ms_text(Nanoseconds time);        // Milliseconds, three digits: "8.10", "1,240"
std::string rate_text(double per_second);     // "298", "8.31"
std::string seconds_text(Nanoseconds time);   // "110 s", "30.5 s"

std::string value_text(plan::Metric metric, double value);         // "241 ms", "0.5 %", "298/s"
std::string measured_text(const gate::ThresholdFinding& finding);  // The same; "not measured"
std::string level_text(gate::ComparedMetric metric, double level);
// Head as a multiple of base, "×1.30"; error rates in percentage points, "+0.50 pp".
std::string change_text(gate::ComparedMetric metric, double change);
std::string limit_text(const gate::ComparisonFinding& finding);
std::string interval_text(const gate::ComparisonFinding& finding);  // "×1.10 to ×1.50"
std::string p_text(double p);                                       // "0.0021", "<0.0001"

// What comparisons were made with.
enum class Against : std::uint8_t { stored_runs, base_build };
Against against_of(const gate::Verdict& verdict);
std::string_view opponent_of(Against against);  // "the base build"
std::string_view units_title(Against against);  // "epochs", "baseline runs"
int units_of(const gate::ComparisonFinding& finding, Against against);

// Stable from run to run: what was measured is never part of a name.
std::string name_of(const plan::Threshold& threshold);  // "p99 < 500ms of GET /x"
// "p95 of GET /x against baseline", "… against base"
std::string name_of(const gate::ComparisonFinding& finding, Against against);

// Why a finding is inconclusive and what would settle it; empty for the others.
std::string doubt_text(const gate::ComparisonFinding& finding);
std::string settled_by(const gate::ComparisonFinding& finding);
// "10 of 12 runs in baselines/shop, 8 boots, 2026-11-01 to 2026-11-20, commits …, on …"
std::string compared_with(const gate::BaselineInfo& baseline, const metrics::Environment& machine);
// "20 of 20 epochs of 8 s, each build started anew in each, 120/s for each side, base: main";
// empty where the duet ended before any epoch was planned.
std::string compared_with(const gate::DuetInfo& duet);

// "the head build died under load: …"; empty while it is well.
std::string death_text(const gate::DuetInfo& duet);
// Why nothing at all was compared; empty where something was, or was not asked for.
std::string uncompared_text(const gate::Verdict& verdict);

std::string name_of(const gate::ServiceRow& service, Against against);  // "db, base (not judged)"
// "1.20 ms CPU per request, 43 % of the machine's CPU, memory 100 MB to 140 MB, …"
std::string use_text(const gate::ServiceRow& service);
std::string cpu_per_request_text(const gate::ServiceRow& service);  // "–" where it is not known.
std::string cpu_share_text(const gate::ServiceRow& service);
std::string memory_text(std::uint64_t bytes);  // The same.
// "51 % busy (10 % by loadgate), 1 % taken by other guests, …"
std::string machine_text(const metrics::MachineShares& machine);
std::string_view role_name(plan::Role role);             // "task", "on start", "on stop".
std::string_view role_text(plan::Role role);             // "on start", "on stop"; empty for tasks.
std::string load_text(const metrics::StageInfo& stage);  // "50 users", "20/s"
// Which seconds of the run were judged: "20 s to 70 s"; why not: "warm-up", "nothing held".
std::string judged_text(const metrics::StageInfo& stage);
std::string count_of(std::uint64_t count, std::string_view noun);  // "1 run", "2 runs"

}  // namespace loadgate::report
