#include <CLI/CLI.hpp>

#include "cli/command_groups.h"
#include "cli/offered_command.h"
#include "cli/options.h"

namespace loadgate::cli {
namespace {

constexpr const char* kDuetFooter = R"(Examples:
  loadgate duet plan.yaml --base-ref origin/main
  loadgate duet plan.yaml --base-dir ../base --head-dir .
  loadgate duet plan.yaml --base http://127.0.0.1:8001 --head http://127.0.0.1:8002

Exit codes are those of run: 0 passed, 1 regression, 2 threshold missed, …)";

void add_builds(CLI::App& command, session::BuildChoice& builds) {
  command.add_option("--base-ref", builds.base_ref, "Base is this commit, checked out for it")
      ->type_name("REF");
  command.add_option("--base-dir", builds.base_dir, "Base is in this folder")->type_name("DIR");
  command.add_option("--head-dir", builds.head_dir, "Head is in this one; default: the plan's")
      ->type_name("DIR");
  command.add_option("--base", builds.base_address, "Base runs here")->type_name("URL");
  command.add_option("--head", builds.head_address, "Head runs here")->type_name("URL");
}

}  // namespace

void offer_duets(const Offer& offer, const std::string& as_typed) {
  DuetFlags initial;
  initial.load.command = as_typed;
  offer_command(
      offer, "duet", "Run two builds side by side and compare them", std::move(initial),
      [](CLI::App& command, DuetFlags& flags) {
        add_plan(command, flags.load.plan);
        add_builds(command, flags.builds);
        command.add_option("--plan-from", flags.plan_from, "Whose plan drives both: head, base")
            ->transform(CLI::CheckedTransformer(std::map<std::string, PlanFrom>{
                {"head", PlanFrom::head}, {"base", PlanFrom::base}}))
            ->type_name("SIDE");
        add_rate(command, flags.rate);
        command.add_option("--epochs", flags.epochs, "Exactly so many, judged at the end")
            ->check(CLI::Range(1, 1000))
            ->type_name("N");
        add_profile(command, flags.load.overrides);
        add_variables(command, flags.load.overrides);
        add_seed(command, flags.load.seed);
        add_workers(command, flags.load.workers);
        command.add_option("--out", flags.out, "The folder of the reports")->capture_default_str();
        add_strict(command, flags.strictness);
        command.footer(kDuetFooter);
      },
      run_duet);
}

}  // namespace loadgate::cli
