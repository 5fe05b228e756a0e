#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "baseline/store.h"
#include "cli/commands.h"
#include "cli/load_session.h"
#include "gate/drift.h"
#include "monitor/environment.h"
#include "session/judge_again.h"
#include "session/record.h"
#include "session/run.h"

namespace loadgate::cli {
namespace {

// A run as one line, and one for each stage's requests together.
std::string describe(const baseline::Stored& stored, const std::string& here) {
  const metrics::RunDigest& digest = stored.digest;
  std::string text = fmt::format(
      "{}  commit {}  loadgate {}{}\n  {}\n", iso8601(digest.started),
      digest.commit.empty() ? "unknown" : digest.commit.substr(0, 10), digest.tool_version,
      digest.environment.fingerprint() == here ? "" : "  (another machine)", stored.file.string());
  if (!digest.accepted.empty()) {
    text += fmt::format("  accepted: {} (older runs do not count)\n", digest.accepted);
  }
  for (const metrics::DigestSeries& series : digest.series) {
    if (series.request != metrics::kAllRequests) continue;
    text += fmt::format("  {}: {} requests, p50 {}, p95 {}, {:.1f}/s, {} failed\n", series.stage,
                        series.requests, format_latency(series.p50), format_latency(series.p95),
                        series.per_second, series.failures);
  }
  return text;
}

// What is pinned, and whether the newest runs of this kind of machine drifted from it.
std::string describe_anchor(const gate::Baseline& baseline, const metrics::Environment& here,
                            const plan::GateRules& rules) {
  if (baseline.anchor.empty()) return {};
  const gate::Drift drift = gate::drift_of(gate::of_environment(baseline, here), rules);
  std::string text =
      fmt::format("{} pinned; {}\n", counted(baseline.anchor.size(), "run"), drift.sentence);
  for (const std::string& one : drift.findings) text += "  " + one + '\n';
  return text;
}

}  // namespace

ExitCode record_baseline(const RecordFlags& flags, const Terminal& terminal) {
  const std::optional<plan::Plan> plan =
      open_or_complain(flags.load.plan, flags.load.overrides, terminal);
  if (!plan) return ExitCode::bad_input;
  const std::unique_ptr<live::ProgressLine> progress = progress_line(terminal);
  const Result<session::Recorded> recorded =
      session::record(*plan, {flags.runs, flags.baseline, flags.accepted},
                      measure_options(flags.load, progress.get(), terminal));
  if (!recorded) {
    terminal.complain(recorded.error().text);
    return ExitCode::bad_input;
  }
  terminal.out << fmt::format("{} of {} runs kept in {}\n", recorded->runs, flags.runs,
                              baseline::Store(flags.baseline).folder_of(plan->name).string());
  if (recorded->end == session::RecordEnd::interrupted) return ExitCode::interrupted;
  if (recorded->end == session::RecordEnd::complete) return ExitCode::passed;
  terminal.complain("invalid run: " + recorded->reason);
  return ExitCode::invalid_run;
}

ExitCode add_to_baseline(const std::vector<std::string>& results, const std::string& accepted,
                         const std::filesystem::path& baseline, const Terminal& terminal) {
  std::vector<metrics::RunResult> runs;
  for (const std::string& file : results) {
    Result<report::StoredResult> stored = session::read_result(file);
    if (!stored) {
      terminal.complain(stored.error().text);
      return ExitCode::bad_input;
    }
    runs.push_back(std::move(stored->run));
  }
  // What is accepted ends what was before it, so it is said of the oldest alone.
  const auto oldest = std::min_element(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
    return a.info.started < b.info.started;
  });
  for (auto run = runs.begin(); run != runs.end(); ++run) {
    const Result<std::string> kept = session::keep(*run, baseline, run == oldest ? accepted : "");
    if (!kept) {
      const auto place = static_cast<std::size_t>(run - runs.begin());
      terminal.complain(kept.error().during(results[place]).text);
      return ExitCode::bad_input;
    }
    terminal.out << printable(*kept) << '\n';
  }
  return ExitCode::passed;
}

ExitCode show_baseline(const std::string& file, const std::filesystem::path& baseline,
                       const Terminal& terminal) {
  const std::optional<plan::Plan> plan = open_or_complain(file, {}, terminal);
  if (!plan) return ExitCode::bad_input;
  const baseline::Store store(baseline);
  const Result<std::vector<baseline::Stored>> runs = store.runs(plan->name);
  if (!runs) {
    terminal.complain(runs.error().text);
    return ExitCode::bad_input;
  }
  const metrics::Environment here = monitor::read_environment();
  const auto matching = std::count_if(runs->begin(), runs->end(), [&](const auto& stored) {
    return stored.digest.environment.fingerprint() == here.fingerprint();
  });
  terminal.out << fmt::format("{}: {} runs, {} of a machine like this one ({})\n",
                              store.folder_of(plan->name).string(), runs->size(), matching,
                              printable(here.text()));
  const auto judged = session::read_baseline(baseline, plan->name);
  if (judged && *judged) {
    terminal.out << printable(describe_anchor(**judged, here, plan->gate), Newlines::keep);
  }
  for (const baseline::Stored& stored : *runs) {
    terminal.out << '\n' << printable(describe(stored, here.fingerprint()), Newlines::keep);
  }
  if (runs->empty()) {
    terminal.out << fmt::format("Record some: loadgate baseline record {} --runs 5\n", file);
  }
  return ExitCode::passed;
}

ExitCode prune_baseline(const std::string& file, const std::filesystem::path& baseline, int keep,
                        const Terminal& terminal) {
  const std::optional<plan::Plan> plan = open_or_complain(file, {}, terminal);
  if (!plan) return ExitCode::bad_input;
  const auto removed = baseline::Store(baseline).prune(plan->name, static_cast<std::size_t>(keep));
  if (!removed) {
    terminal.complain(removed.error().text);
    return ExitCode::bad_input;
  }
  for (const std::filesystem::path& path : *removed) {
    terminal.out << "removed " << path.string() << '\n';
  }
  if (removed->empty()) terminal.out << "nothing to remove\n";
  return ExitCode::passed;
}

}  // namespace loadgate::cli
