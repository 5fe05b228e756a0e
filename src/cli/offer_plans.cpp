#include "cli/command_groups.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/offered_command.h"
#include "cli/options.h"
#include "session/plan_file.h"

namespace loadgate::cli {
namespace {

constexpr const char* kValidateFooter = R"(Examples:
  loadgate validate plan.yaml
  loadgate validate plan.yaml --profile nightly --var username=anna)";

constexpr const char* kSchemaFooter = R"(Examples:
  loadgate schema > plan.schema.json
  loadgate schema --reference)";

constexpr const char* kExampleFooter = R"(Examples:
  loadgate example
  loadgate example quickstart.yaml > plan.yaml)";

constexpr const char* kTryFooter = R"(Examples:
  loadgate try plan.yaml
  loadgate try plan.yaml --scenario shopper --user 7

Exit codes: 0 every request did what the plan expects, 2 some did not,
3 nothing answers, 64 wrong plan or command line, 130 interrupted.)";

constexpr const char* kInitFooter = R"(Examples:
  loadgate init                           # for the folder you stand in
  loadgate init --from-har recording.har  # what one visitor did
  loadgate init --from-openapi api.yaml --out performance/plan.yaml)";

// As choices, for completions.
std::string names_of_examples() {
  return fmt::format("{}", fmt::join(session::example_plans(), "|"));
}

struct ValidateFlags {
  std::string plan;
  reader::Overrides overrides;
};

void offer_validate(const Offer& offer) {
  offer_command(
      offer, "validate", "Say all that is wrong with a plan; nothing is sent", ValidateFlags{},
      [](CLI::App& command, ValidateFlags& flags) {
        add_plan(command, flags.plan);
        add_overrides(command, flags.overrides);
        command.footer(kValidateFooter);
      },
      [](const ValidateFlags& flags, const Terminal& terminal) {
        return validate_plan(flags.plan, flags.overrides, terminal);
      });
}

void offer_try(const Offer& offer) {
  offer_command(
      offer, "try", "One user, one pass of each scenario, everything shown", TryFlags{},
      [](CLI::App& command, TryFlags& flags) {
        add_plan(command, flags.plan);
        add_target_and_variables(command, flags.overrides);
        command.add_option("--scenario", flags.scenario, "Only this one")->type_name("NAME");
        command.add_option("--user", flags.user, "Which user: {{ user.id }} and random values")
            ->check(CLI::Range(1, 1'000'000))
            ->type_name("N")
            ->capture_default_str();
        add_seed(command, flags.seed);
        command.footer(kTryFooter);
      },
      try_plan);
}

void add_init_options(CLI::App& command, session::InitOptions& options) {
  command.add_option("--out", options.plan, "The plan to write")
      ->type_name("FILE")
      ->capture_default_str();
  CLI::Option* har =
      command.add_option("--from-har", options.har, "Make the plan from a browser's recording");
  har->type_name("FILE");
  command.add_option("--from-openapi", options.openapi, "Make it from an OpenAPI description")
      ->type_name("FILE")
      ->excludes(har);
  command
      .add_flag("--assets", options.keeps_assets,
                "Of a recording, keep images, fonts, styles and scripts")
      ->needs(har);
  command.add_flag("--force", options.overwrites, "Replace files that are there");
  command.footer(kInitFooter);
}

void offer_init(const Offer& offer) {
  offer_command(offer, "init", "Write a first plan and a workflow, asking nothing",
                session::InitOptions{}, add_init_options, init_plan);
}

void offer_schema(const Offer& offer) {
  offer_command(
      offer, "schema", "Print the JSON Schema of plans, for editors", SchemaForm::json,
      [](CLI::App& command, SchemaForm& form) {
        command.add_flag_callback(
            "--reference", [&form] { form = SchemaForm::reference; },
            "Print the reference of all keys instead, as Markdown");
        command.footer(kSchemaFooter);
      },
      print_schema);
}

void offer_example(const Offer& offer) {
  offer_command(
      offer, "example", "Print an example plan, or list them", std::string(),
      [](CLI::App& command, std::string& name) {
        command.add_option("NAME", name, "Of the example")->type_name(names_of_examples());
        command.footer(kExampleFooter);
      },
      print_example);
}

}  // namespace

void offer_plans(const Offer& offer) {
  offer_validate(offer);
  offer_try(offer);
  offer_init(offer);
  offer_schema(offer);
  offer_example(offer);
}

}  // namespace loadgate::cli
