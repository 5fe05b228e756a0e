#include "cli/audience.h"
#include "cli/commands.h"
#include "cli/load_session.h"
#include "process/signals.h"
#include "session/choose_builds.h"
#include "session/duet.h"

namespace loadgate::cli {
namespace {

session::DuetOptions duet_options(const DuetFlags& flags, const session::ChosenBuilds& chosen,
                                  Audience& audience) {
  session::DuetOptions options;
  options.measure = measure_options(flags.load, audience);
  options.out = flags.out;
  options.junit_family = flags.delivery.junit_family;
  options.base = chosen.builds.base.text;
  options.head = chosen.builds.head.text;
  options.plan_file = flags.load.plan;
  options.commit = chosen.head_commit;
  options.rate = flags.rate;
  options.epochs = flags.epochs;
  return options;
}

// Epochs take the place of the plan's stages.
live::Outline outline_of(const session::ChosenBuilds& chosen, const plan::Plan& plan) {
  live::Outline outline = live::outline_of(plan);
  outline.target = chosen.builds.base.text + " beside " + chosen.builds.head.text;
  outline.stages.clear();
  return outline;
}

}  // namespace

ExitCode run_duet(const DuetFlags& flags, const Terminal& terminal) {
  // A checkout is to be stopped as gently as a run.
  const std::atomic<int>& stops = process::watch_stop_signals();
  Result<session::ChosenBuilds> chosen =
      session::choose_builds(flags.builds, flags.load.plan, &stops);
  if (!chosen) {
    terminal.complain(chosen.error().text);
    return stops > 0 ? ExitCode::interrupted : ExitCode::bad_input;
  }
  std::filesystem::path plan = flags.load.plan;
  if (flags.plan_from == PlanFrom::base) {
    if (chosen->base_plan.empty()) {
      terminal.complain("--plan-from base needs a base with files: --base-ref or --base-dir");
      return ExitCode::bad_input;
    }
    plan = chosen->base_plan;
  }
  session::OpenedDuet opened =
      session::open_duet(plan.string(), flags.load.overrides, chosen->builds);
  if (!opened.plans) {
    terminal.err << opened.complaint;
    return ExitCode::bad_input;
  }
  Audience audience(terminal);
  if (!audience.open_page(flags.live, outline_of(*chosen, opened.plans->head[0]))) {
    return ExitCode::bad_input;
  }
  const Result<session::JudgedRun> judged =
      session::duet(std::move(*opened.plans), duet_options(flags, *chosen, audience));
  audience.clear_line();
  if (!judged) {
    terminal.complain(judged.error().text);
    audience.see_out(judged.error().text, ExitCode::bad_input);
    return ExitCode::bad_input;
  }
  const ExitCode code = conclude(*judged, flags.delivery.format, flags.strictness, terminal);
  audience.see_out(*judged, flags.out, code);
  return code;
}

}  // namespace loadgate::cli
