#pragma once

// One function a command, each in a file of its own: what the user asked for in, text
// on the terminal and an exit code out. They know nothing of the command line's syntax.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "metrics/recorder.h"
#include "reader/reader.h"
#include "report/report.h"
#include "server/endpoint.h"
#include "session/choose_builds.h"
#include "session/init.h"

namespace loadgate::cli {

enum class OutputFormat : std::uint8_t { text, json };  // Of standard output.

// How a judging command hands its verdict over.
struct Delivery {
  OutputFormat format = OutputFormat::text;
  report::JunitFamily junit_family = report::JunitFamily::common;
};

// What `run` and `baseline record` share.
struct LoadFlags {
  std::string plan;
  reader::Overrides overrides;
  std::optional<std::uint64_t> seed;
  std::optional<unsigned> workers;
  std::size_t window_budget = metrics::Collector::kWindowBudget;
  std::string command;  // As typed, for the reports.
};

struct RunFlags {
  LoadFlags load;
  std::filesystem::path baseline = "baselines";
  bool ignores_baseline = false;
  bool confirms = true;                            // A regression is looked at twice.
  std::optional<std::filesystem::path> suspects;   // Where to write what got worse.
  std::optional<std::filesystem::path> suspected;  // What another machine wrote there.
  std::filesystem::path out = "loadgate-results";
  std::optional<server::Endpoint> live;  // Where the page is that shows the run.
  Delivery delivery{};
  Strictness strictness = Strictness::lenient;
};
ExitCode run_plan(const RunFlags& flags, const Terminal& terminal);

enum class PlanFrom : std::uint8_t { head, base };

struct DuetFlags {
  LoadFlags load;
  session::BuildChoice builds;
  PlanFrom plan_from = PlanFrom::head;
  std::optional<double> rate;
  std::optional<unsigned> epochs;
  std::filesystem::path out = "loadgate-results";
  std::optional<server::Endpoint> live;
  Delivery delivery{};
  Strictness strictness = Strictness::lenient;
};
ExitCode run_duet(const DuetFlags& flags, const Terminal& terminal);

struct NoiseFlags {
  LoadFlags load;
  std::string base_address, head_address;  // Two of one build; empty: the plan starts it.
  std::optional<double> rate;
  unsigned epochs = 20;
  std::filesystem::path out = "loadgate-results";
};
// One build against itself: what differs is noise.
ExitCode study_noise(const NoiseFlags& flags, const Terminal& terminal);

struct RecordFlags {
  LoadFlags load;
  std::filesystem::path baseline = "baselines";
  int runs = 5;
  std::string accepted;  // Why a slower level is the new one; empty: it is not slower.
};
ExitCode record_baseline(const RecordFlags& flags, const Terminal& terminal);

ExitCode validate_plan(const std::string& plan, const reader::Overrides& overrides,
                       const Terminal& terminal);

// `accepted`: why what is slower than the runs so far is the new level, so that these no
// longer count; empty: they do.
ExitCode add_to_baseline(const std::vector<std::string>& results, const std::string& accepted,
                         const std::filesystem::path& baseline, const Terminal& terminal);
ExitCode show_baseline(const std::string& plan, const std::filesystem::path& baseline,
                       const Terminal& terminal);
// Keeps the present runs as what later ones may not drift away from.
ExitCode pin_baseline(const std::string& plan, const std::filesystem::path& baseline,
                      const Terminal& terminal);
// Whether they did: exits with regression.
ExitCode check_baseline(const std::string& plan, const std::filesystem::path& baseline,
                        const Terminal& terminal);
ExitCode prune_baseline(const std::string& plan, const std::filesystem::path& baseline, int keep,
                        const Terminal& terminal);

struct CompareFlags {
  std::string base, head;
  std::optional<std::filesystem::path> out;
  Delivery delivery{};
  Strictness strictness = Strictness::lenient;
};
ExitCode compare_results(const CompareFlags& flags, const Terminal& terminal);

struct ReportFlags {
  std::string result;
  std::filesystem::path out = "loadgate-results";
  report::JunitFamily junit_family = report::JunitFamily::common;
};
ExitCode report_again(const ReportFlags& flags, const Terminal& terminal);

ExitCode play_demo(const std::filesystem::path& out, std::optional<std::uint64_t> seed,
                   const Terminal& terminal);

struct TargetFlags {
  std::uint16_t port = 0;
  std::vector<std::pair<std::string, std::string>> faults;  // As server::parse_faults takes them.
};
ExitCode serve_target(const TargetFlags& flags, const Terminal& terminal);

struct TryFlags {
  std::string plan;
  reader::Overrides overrides;
  std::string scenario;  // Only this one; empty: all.
  std::uint64_t user = 1;
  std::optional<std::uint64_t> seed;
};
// One user, one pass of each scenario, everything shown. Exits with threshold_missed where
// a request did not do what the plan expects.
ExitCode try_plan(const TryFlags& flags, const Terminal& terminal);

ExitCode init_plan(const session::InitOptions& options, const Terminal& terminal);

enum class SchemaForm { json, reference };
// Prints the plan's JSON Schema, or the reference of its keys as Markdown.
ExitCode print_schema(SchemaForm form, const Terminal& terminal);

// Prints an example plan, or with an empty name the list of them.
ExitCode print_example(const std::string& name, const Terminal& terminal);

}  // namespace loadgate::cli
