#include "cli/commands.h"
#include "cli/load_session.h"
#include "report/noise_report.h"
#include "session/noise.h"

namespace loadgate::cli {
namespace {

// The plan's own folder twice, or two addresses of one build.
session::BuildChoice same_build(const NoiseFlags& flags) {
  session::BuildChoice choice;
  choice.base_address = flags.base_address;
  choice.head_address = flags.head_address;
  if (!choice.base_address.empty() || !choice.head_address.empty()) return choice;
  const std::filesystem::path folder = std::filesystem::path(flags.load.plan).parent_path();
  choice.base_dir = folder.empty() ? "." : folder;
  return choice;
}

ExitCode exit_code_of(const session::NoiseRun& noise) {
  if (noise.run.info.interrupted) return ExitCode::interrupted;
  return noise.trouble.empty() ? ExitCode::passed : ExitCode::invalid_run;
}

}  // namespace

ExitCode study_noise(const NoiseFlags& flags, const Terminal& terminal) {
  const Result<session::ChosenBuilds> chosen =
      session::choose_builds(same_build(flags), flags.load.plan);
  if (!chosen) {
    terminal.complain(chosen.error().text);
    return ExitCode::bad_input;
  }
  session::OpenedDuet opened =
      session::open_duet(flags.load.plan, flags.load.overrides, chosen->builds);
  if (!opened.plans) {
    terminal.err << opened.complaint;
    return ExitCode::bad_input;
  }
  std::unique_ptr<live::ProgressLine> progress = progress_line(terminal);
  session::DuetOptions options;
  options.measure = measure_options(flags.load, progress.get(), terminal);
  options.out = flags.out;
  options.base = options.head = chosen->builds.head.text;
  options.plan_file = flags.load.plan;
  options.commit = chosen->head_commit;
  options.rate = flags.rate;
  options.epochs = flags.epochs;
  const Result<session::NoiseRun> noise =
      session::noise(std::move(*opened.plans), std::move(options));
  progress.reset();
  if (!noise) {
    terminal.complain(noise.error().text);
    return ExitCode::bad_input;
  }
  if (noise->study) {
    terminal.out << report::render_noise(*noise->study, *noise->run.duet, terminal.style());
  }
  if (!noise->trouble.empty()) terminal.complain(noise->trouble);
  return exit_code_of(*noise);
}

}  // namespace loadgate::cli
