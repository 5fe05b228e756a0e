#include "cli/command_groups.h"

#include <CLI/CLI.hpp>

#include "cli/offered_command.h"
#include "cli/options.h"

namespace loadgate::cli {
namespace {

constexpr const char* kCompareFooter = R"(Examples:
  loadgate compare before/result.json after/result.json --out report
  loadgate compare baselines/storefront after/result.json --strict)";

constexpr const char* kReportFooter = R"(Example:
  loadgate report loadgate-results/result.json --out report)";

void offer_compare(const Offer& offer) {
  offer_command(
      offer, "compare", "Judge a stored result against others", CompareFlags{},
      [](CLI::App& command, CompareFlags& flags) {
        command.add_option("BASE", flags.base, "A result, a baseline's file, or a folder")
            ->required();
        command.add_option("HEAD", flags.head, "The result to judge")->required();
        command.add_option("--out", flags.out, "Write the reports there")->type_name("DIR");
        add_delivery(command, flags.delivery);
        add_strict(command, flags.strictness);
        command.footer(kCompareFooter);
      },
      compare_results);
}

void offer_report(const Offer& offer) {
  offer_command(
      offer, "report", "Write the reports of a result again", ReportFlags{},
      [](CLI::App& command, ReportFlags& flags) {
        command.add_option("RESULT", flags.result, "result.json of a run")->required();
        add_out(command, flags.out);
        add_junit_family(command, flags.junit_family);
        command.footer(kReportFooter);
      },
      report_again);
}

}  // namespace

void offer_results(const Offer& offer) {
  offer_compare(offer);
  offer_report(offer);
}

}  // namespace loadgate::cli
