#include "cli/command_groups.h"

#include <CLI/CLI.hpp>

#include "cli/offered_command.h"
#include "cli/options.h"

namespace loadgate::cli {
namespace {

void offer_compare(const Offer& offer) {
  offer_command(
      offer, "compare", "Judge a stored result against others", CompareFlags{},
      [](CLI::App& command, CompareFlags& flags) {
        command.add_option("BASE", flags.base, "A result, a baseline's file, or a folder")
            ->required();
        command.add_option("HEAD", flags.head, "The result to judge")->required();
        command.add_option("--out", flags.out, "Write the reports there");
        add_delivery(command, flags.delivery);
        add_strict(command, flags.strictness);
      },
      compare_results);
}

void offer_report(const Offer& offer) {
  offer_command(
      offer, "report", "Write the reports of a result again", ReportFlags{},
      [](CLI::App& command, ReportFlags& flags) {
        command.add_option("RESULT", flags.result, "result.json of a run")->required();
        command.add_option("--out", flags.out, "The folder of the reports")->capture_default_str();
        add_junit_family(command, flags.junit_family);
      },
      report_again);
}

}  // namespace

void offer_results(const Offer& offer) {
  offer_compare(offer);
  offer_report(offer);
}

}  // namespace loadgate::cli
