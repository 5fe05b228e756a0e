#include "cli/command_groups.h"

#include <CLI/CLI.hpp>

#include "cli/live_option.h"
#include "cli/offered_command.h"
#include "cli/options.h"

namespace loadgate::cli {
namespace {

constexpr const char* kRunFooter = R"(Examples:
  loadgate run plan.yaml --profile pr --out report
  loadgate run plan.yaml --users 50 --spawn-rate 5/s --run-time 2m
  loadgate run plan.yaml --host http://127.0.0.1:8000 --var username=anna)";

constexpr const char* kBaselineFooter = R"(Examples:
  loadgate baseline record plan.yaml --runs 5   # begin, where the gate runs
  loadgate baseline pin plan.yaml               # what may not drift away
  loadgate baseline add report/result.json      # after each merge
  loadgate baseline check plan.yaml             # drift: exits 1)";

constexpr const char* kRecordFooter = R"(Examples:
  loadgate baseline record plan.yaml --runs 5
  loadgate baseline record plan.yaml --accept "encryption costs 5 ms")";

constexpr const char* kAddFooter = R"(Examples:
  loadgate baseline add loadgate-results/result.json
  loadgate baseline add one/result.json two/result.json --baseline stored)";

constexpr const char* kPruneFooter = R"(Example:
  loadgate baseline prune plan.yaml --keep 20)";

// What the commands of a baseline that run nothing are told.
struct KeptRuns {
  std::vector<std::string> results;
  std::string accepted;
  std::string plan;
  std::filesystem::path baseline = "baselines";
  int keep = 20;
};

void add_accept(CLI::App& command, std::string& reason) {
  command.add_option("--accept", reason, "Why it is slower on purpose: older runs no longer count")
      ->type_name("REASON");
}

void offer_run(const Offer& offer, const std::string& as_typed) {
  RunFlags initial;
  initial.load.command = as_typed;
  offer_command(
      offer, "run", "Put the plan's load on its target, judge, report", std::move(initial),
      [](CLI::App& command, RunFlags& flags) {
        add_load_flags(command, flags.load);
        begin_group(command, "Judging");
        add_baseline(command, flags.baseline);
        command.add_flag("--no-baseline", flags.ignores_baseline, "Judge thresholds only");
        command.add_flag("--no-confirm{false}", flags.confirms,
                         "Believe a regression that one run shows");
        command
            .add_option("--suspects", flags.suspects,
                        "Write what got worse there, and do not fail for it")
            ->type_name("FILE");
        command
            .add_option("--confirm", flags.suspected,
                        "Judge only what another machine suspects there")
            ->type_name("FILE")
            ->excludes("--suspects");
        add_strict(command, flags.strictness);
        begin_group(command, "Reports");
        add_out(command, flags.out);
        add_live(command, flags.live);
        add_delivery(command, flags.delivery);
        command.footer(kRunFooter);
      },
      run_plan);
}

void offer_record(const Offer& offer, const std::string& as_typed) {
  RecordFlags initial;
  initial.load.command = as_typed;
  offer_command(
      offer, "record", "Run the plan and keep the runs", std::move(initial),
      [](CLI::App& command, RecordFlags& flags) {
        add_load_flags(command, flags.load);
        begin_group(command, "What is kept");
        add_baseline(command, flags.baseline);
        command.add_option("--runs", flags.runs, "How many")
            ->check(CLI::Range(1, 100))
            ->type_name("N")
            ->capture_default_str();
        add_accept(command, flags.accepted);
        command.footer(kRecordFooter);
      },
      record_baseline);
}

void offer_add(const Offer& offer) {
  offer_command(
      offer, "add", "Keep finished runs", KeptRuns{},
      [](CLI::App& command, KeptRuns& flags) {
        command.add_option("RESULT", flags.results, "result.json of a run")->required();
        add_baseline(command, flags.baseline);
        add_accept(command, flags.accepted);
        command.footer(kAddFooter);
      },
      [](const KeptRuns& flags, const Terminal& terminal) {
        return add_to_baseline(flags.results, flags.accepted, flags.baseline, terminal);
      });
}

// Those that are told a plan and a baseline, no more.
using OfPlan = ExitCode (*)(const std::string&, const std::filesystem::path&, const Terminal&);

void offer_of_plan(const Offer& offer, const std::string& name, const char* description,
                   OfPlan command) {
  offer_command(
      offer, name, description, KeptRuns{},
      [&name](CLI::App& app, KeptRuns& flags) {
        add_plan(app, flags.plan);
        add_baseline(app, flags.baseline);
        app.footer("Example:\n  loadgate baseline " + name + " plan.yaml");
      },
      [command](const KeptRuns& flags, const Terminal& terminal) {
        return command(flags.plan, flags.baseline, terminal);
      });
}

void offer_prune(const Offer& offer) {
  offer_command(
      offer, "prune", "Remove the oldest runs of each machine", KeptRuns{},
      [](CLI::App& command, KeptRuns& flags) {
        add_plan(command, flags.plan);
        add_baseline(command, flags.baseline);
        command.add_option("--keep", flags.keep, "How many stay")
            ->check(CLI::Range(1, 1000))
            ->type_name("N")
            ->capture_default_str();
        command.footer(kPruneFooter);
      },
      [](const KeptRuns& flags, const Terminal& terminal) {
        return prune_baseline(flags.plan, flags.baseline, flags.keep, terminal);
      });
}

}  // namespace

void offer_runs(const Offer& offer, const std::string& as_typed) {
  offer_run(offer, as_typed);
  CLI::App& baseline = add_command(offer, "baseline", "Keep runs to hold later ones against");
  baseline.require_subcommand(1);
  baseline.fallthrough();
  const Offer of_baseline{baseline, offer.chosen};
  offer_record(of_baseline, as_typed);
  offer_add(of_baseline);
  offer_of_plan(of_baseline, "show", "List the runs of a plan", show_baseline);
  offer_of_plan(of_baseline, "pin", "Keep the present runs as an anchor, to see slow drift",
                pin_baseline);
  offer_of_plan(of_baseline, "check", "Exit 1 where the newest runs drifted from the anchor",
                check_baseline);
  offer_prune(of_baseline);
  baseline.footer(kBaselineFooter);  // Last: commands made later would inherit it.
}

}  // namespace loadgate::cli
