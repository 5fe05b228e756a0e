#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "baseline/store.h"
#include "cli/commands.h"
#include "cli/load_session.h"
#include "monitor/environment.h"
#include "session/judge_again.h"
#include "session/record.h"

namespace loadgate::cli {
namespace {

// A run as one line, and one for each stage's requests together.
std::string describe(const baseline::Stored& stored, const std::string& here) {
  const metrics::RunDigest& digest = stored.digest;
  std::string text = fmt::format(
      "{}  commit {}  loadgate {}{}\n  {}\n", iso8601(digest.started),
      digest.commit.empty() ? "unknown" : digest.commit.substr(0, 10), digest.tool_version,
      digest.environment.fingerprint() == here ? "" : "  (another machine)", stored.file.string());
  for (const metrics::DigestSeries& series : digest.series) {
    if (series.request != metrics::kAllRequests) continue;
    text += fmt::format("  {}: {} requests, p50 {}, p95 {}, {:.1f}/s, {} failed\n", series.stage,
                        series.requests, format_latency(series.p50), format_latency(series.p95),
                        series.per_second, series.failures);
  }
  return text;
}

}  // namespace

ExitCode record_baseline(const RecordFlags& flags, const Terminal& terminal) {
  const std::optional<plan::Plan> plan =
      open_or_complain(flags.load.plan, flags.load.overrides, terminal);
  if (!plan) return ExitCode::bad_input;
  const std::unique_ptr<live::ProgressLine> progress = progress_line(terminal);
  const Result<session::Recorded> recorded = session::record(
      *plan, flags.runs, flags.baseline, measure_options(flags.load, progress.get(), terminal));
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

ExitCode add_to_baseline(const std::vector<std::string>& results,
                         const std::filesystem::path& baseline, const Terminal& terminal) {
  for (const std::string& file : results) {
    const Result<report::StoredResult> stored = session::read_result(file);
    if (!stored) {
      terminal.complain(stored.error().text);
      return ExitCode::bad_input;
    }
    const Result<std::string> kept = session::keep(stored->run, baseline);
    if (!kept) {
      terminal.complain(kept.error().during(file).text);
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
