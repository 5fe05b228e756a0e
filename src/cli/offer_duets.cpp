#include <CLI/CLI.hpp>

#include "cli/command_groups.h"
#include "cli/live_option.h"
#include "cli/offered_command.h"
#include "cli/options.h"

namespace loadgate::cli {
namespace {

constexpr const char* kNoiseFooter = R"(Examples:
  loadgate noise plan.yaml
  loadgate noise plan.yaml --epochs 60 --rate 50/s)";

constexpr const char* kDuetFooter = R"(Examples:
  loadgate duet plan.yaml --base-ref origin/main
  loadgate duet plan.yaml --base-dir ../base --head-dir .
  loadgate duet plan.yaml --base http://10.0.0.1 --head http://10.0.0.2)";

void add_builds(CLI::App& command, session::BuildChoice& builds) {
  begin_group(command, "Builds");
  command.add_option("--base-ref", builds.base_ref, "Base is this commit, checked out for it")
      ->type_name("REF");
  command.add_option("--base-dir", builds.base_dir, "Base is in this folder")->type_name("DIR");
  command.add_option("--head-dir", builds.head_dir, "Head is in this one; else where the plan is")
      ->type_name("DIR");
  command.add_option("--base", builds.base_address, "Base runs here")->type_name("URL");
  command.add_option("--head", builds.head_address, "Head runs here")->type_name("URL");
}

// What both commands have beside their builds.
void add_epoch_flags(CLI::App& command, LoadFlags& load, std::optional<double>& rate,
                     std::filesystem::path& out) {
  begin_group(command, "Load");
  add_rate(command, rate);
  add_profile(command, load.overrides);
  add_variables(command, load.overrides);
  add_seed(command, load.seed);
  add_workers(command, load.workers);
  begin_group(command, "Reports");
  add_out(command, out);
}

void offer_duet(const Offer& offer, const std::string& as_typed) {
  DuetFlags initial;
  initial.load.command = as_typed;
  offer_command(
      offer, "duet", "Run two builds side by side and compare them", std::move(initial),
      [](CLI::App& command, DuetFlags& flags) {
        add_plan(command, flags.load.plan);
        add_builds(command, flags.builds);
        command.add_option("--plan-from", flags.plan_from, "Whose plan drives both")
            ->transform(CLI::CheckedTransformer(std::map<std::string, PlanFrom>{
                {"head", PlanFrom::head}, {"base", PlanFrom::base}}))
            ->type_name("head|base")
            ->default_str("head");
        begin_group(command, "Judging");
        command.add_option("--epochs", flags.epochs, "Exactly so many, without an early end")
            ->check(CLI::Range(1, 1000))
            ->type_name("N");
        add_strict(command, flags.strictness);
        add_epoch_flags(command, flags.load, flags.rate, flags.out);
        add_live(command, flags.live);
        add_delivery(command, flags.delivery);
        command.footer(kDuetFooter);
      },
      run_duet);
}

void offer_noise(const Offer& offer, const std::string& as_typed) {
  NoiseFlags initial;
  initial.load.command = as_typed;
  offer_command(
      offer, "noise", "Run one build against itself: what a gate can see here", std::move(initial),
      [](CLI::App& command, NoiseFlags& flags) {
        add_plan(command, flags.load.plan);
        command.add_option("--base", flags.base_address, "The build runs here")->type_name("URL");
        command.add_option("--head", flags.head_address, "... and here again")->type_name("URL");
        command.add_option("--epochs", flags.epochs, "How many; more tell more")
            ->check(CLI::Range(6, 1000))
            ->type_name("N")
            ->capture_default_str();
        add_epoch_flags(command, flags.load, flags.rate, flags.out);
        command.footer(kNoiseFooter);
      },
      study_noise);
}

}  // namespace

void offer_duets(const Offer& offer, const std::string& as_typed) {
  offer_duet(offer, as_typed);
  offer_noise(offer, as_typed);
}

}  // namespace loadgate::cli
